#!/usr/bin/env node
// Logs in to Telegram and shows where the account is logged in.
//
//   sessions.mjs --api-id ID --api-hash HASH --phone +NUMBER    Telegram itself, with an app of https://my.telegram.org
//   sessions.mjs                                                the local Telegram of "build.sh demo"
//
// Node calls C through the small addon beside this file; build.sh demo builds it.
import { createRequire } from 'node:module'
import { stdin, stdout } from 'node:process'
import { createInterface } from 'node:readline/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const inBuild = name => fileURLToPath(new URL('../../build/' + name, import.meta.url))

const { values: options } = parseArgs({
  options: {
    'api-id': { type: 'string' },
    'api-hash': { type: 'string', default: 'local' },
    phone: { type: 'string', default: '+9996621234' }, // on a test server +99966XYYYY has the code XXXXX
    database: { type: 'string', default: 'sessions-node' }, // directory that keeps the login
    lib: { type: 'string', default: inBuild('libtdjson.so') },
    addon: { type: 'string', default: inBuild('tdjson.node') }
  }
})

// One client of the library: objects go in and come out as JavaScript objects.
class Telegram {
  constructor (addon, lib) {
    this.td = createRequire(import.meta.url)(addon)
    this.td.load(lib)
    this.execute({ '@type': 'setLogVerbosityLevel', new_verbosity_level: 1 })
    this.client = this.td.createClientId()
    this.send({ '@type': 'getOption', name: 'version' }) // the first request starts the client
  }

  execute (request) {
    return JSON.parse(this.td.execute(JSON.stringify(request)))
  }

  send (request) {
    this.td.send(this.client, JSON.stringify(request))
  }

  // Waits on a thread of Node's pool, so that Node goes on meanwhile.
  async * events () {
    for (;;) {
      const text = await this.td.receive(10)
      if (text !== null) yield JSON.parse(text)
    }
  }
}

async function ask (question) {
  const terminal = createInterface({ input: stdin, output: stdout })
  try {
    return await terminal.question(question)
  } finally {
    terminal.close()
  }
}

// The request that takes the client on from an authorization state.
async function nextStep (state) {
  const local = options['api-id'] === undefined
  switch (state) {
    case 'authorizationStateWaitTdlibParameters':
      return {
        '@type': 'setTdlibParameters',
        use_test_dc: local,
        database_directory: options.database,
        api_id: Number(options['api-id'] ?? 2),
        api_hash: options['api-hash'],
        system_language_code: 'en',
        device_model: 'Node example',
        application_version: '1.0'
      }
    case 'authorizationStateWaitPhoneNumber':
      return { '@type': 'setAuthenticationPhoneNumber', phone_number: options.phone }
    case 'authorizationStateWaitCode': {
      const code = local ? options.phone[6].repeat(5) : await ask('The code Telegram sent you: ')
      return { '@type': 'checkAuthenticationCode', code }
    }
    case 'authorizationStateWaitPassword':
      return { '@type': 'checkAuthenticationPassword', password: await ask('Your password: ') }
    case 'authorizationStateReady':
      return { '@type': 'getActiveSessions' }
  }
}

function show (sessions) {
  const row = (...cells) => console.log(cells.map((cell, i) => cell.padEnd([18, 32, 10, 16, 0][i])).join(' '))
  const time = date => new Date(date * 1000).toLocaleString('sv').slice(0, 16)
  row('DEVICE', 'APPLICATION', 'PLATFORM', 'ADDRESS', 'LAST ACTIVE')
  for (const s of sessions) {
    row(s.device_model, `${s.application_name} ${s.application_version}`, s.platform, s.ip_address,
      time(s.last_active_date) + (s.is_current ? ' (this one)' : ''))
  }
}

const telegram = new Telegram(options.addon, options.lib)
for await (const event of telegram.events()) {
  if (event['@type'] === 'updateAuthorizationState') {
    const state = event.authorization_state['@type']
    if (state === 'authorizationStateClosed') break
    const request = await nextStep(state)
    if (request) telegram.send(request)
  } else if (event['@type'] === 'sessions') {
    show(event.sessions)
    telegram.send({ '@type': 'close' }) // stays logged in; logOut would end the session
  } else if (event['@type'] === 'error') {
    console.error(event.message)
    process.exitCode = 1
    break
  }
}
