// The package tdl with this library: tdl.mjs TDL LIBRARY DIRECTORY new|old. Says what does not work, and ends with 0 if all does.
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import path from 'node:path'

const [packages, tdjson, directory, kind] = process.argv.slice(2)
const tdl = createRequire(path.join(packages, 'anything.js'))('tdl')
const old = kind === 'old'

tdl.configure({ tdjson, verbosityLevel: 1, useOldTdjsonInterface: old })

const phoneOf = n => '1555000200' + n
const options = n => ({
  apiId: 94575,
  apiHash: 'a3406de8d171bb422bb6ddf3bbd800e2',
  useTestDc: true,
  databaseDirectory: path.join(directory, 'db' + n),
  filesDirectory: path.join(directory, 'files' + n),
  databaseEncryptionKey: n === 1 ? 'YSBrZXk=' : ''
})
const details = n => () => ({
  getPhoneNumber: async () => phoneOf(n),
  getAuthCode: async () => '12345',
  getName: async () => ({ firstName: 'T', lastName: 'D' })
})

// Synchronous calls, before any client.
assert.equal(tdl.execute({ _: 'getTextEntities', text: '@telegram' }).entities[0].type._, 'textEntityTypeMention')
assert.equal(tdl.execute({ _: 'getOption', name: 'version' }).value, '1.8.65')
tdl.execute({ _: 'setLogStream', log_stream: { _: 'logStreamEmpty' } })
if (!old) {
  const lines = []
  tdl.setLogMessageCallback(3, (level, message) => lines.push([level, message]))
  tdl.execute({ _: 'addLogMessage', verbosity_level: 1, text: 'a line for node' })
  while (lines.length === 0) await new Promise(resolve => setTimeout(resolve, 10))
  assert.match(lines[0][1], /a line for node/)
  tdl.setLogMessageCallback(3, null)
}

async function session (n) {
  const client = tdl.createClient(options(n))
  const states = []
  client.on('error', error => assert.fail(error))
  client.on('update', update => {
    if (update._ === 'updateAuthorizationState') states.push(update.authorization_state._)
  })
  const iterated = (async () => {
    const names = new Set()
    for await (const update of client.iterUpdates()) names.add(update._)
    return names
  })()
  await client.login(details(n))
  assert.equal(client.getVersion(), '1.8.65')
  const me = await client.invoke({ _: 'getMe' })
  assert.equal(me.phone_number, phoneOf(n))
  const { sessions } = await client.invoke({ _: 'getActiveSessions' })
  assert.ok(sessions.some(session => session.is_current))
  await assert.rejects(client.invoke({ _: 'terminateSession', session_id: 'x' }), error => error instanceof Error && error.code === 400)
  await assert.rejects(client.invoke({ _: 'noSuchFunction' }), error => error.code === 400 && /Unknown class/.test(error.message))
  await assert.rejects(client.invoke({ _: 'setOption', name: 'version', value: { _: 'optionValueEmpty' } }), error => error.code === 400)
  const squares = await Promise.all(Array.from({ length: 500 }, (_, x) => client.invoke({ _: 'testSquareInt', x })))
  squares.forEach((answer, x) => assert.equal(answer.value, x * x))
  await client.close()
  assert.ok(client.isClosed())
  assert.equal(states.at(-1), 'authorizationStateClosed')
  const names = await iterated
  assert.ok(names.has('updateOption') && names.has('updateAuthorizationState'))
  assert.throws(() => client.invoke({ _: 'getMe' }), /closed client/)
  return states
}

// Several clients at a time, then the same again: the second time nobody is asked.
for (const round of ['first', 'second']) {
  const all = await Promise.all([1, 2, 3].map(session))
  for (const states of all) {
    assert.ok(states.includes('authorizationStateReady'))
    assert.equal(states.includes('authorizationStateWaitCode'), round === 'first', `${round} start: ${states}`)
  }
}

// A client that is destroyed while it waits for its parameters.
const bare = tdl.createBareClient()
assert.equal((await bare.invoke({ _: 'testSquareInt', x: 9 })).value, 81)
await bare.close()
