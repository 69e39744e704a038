// mtcute and its converter make fixtures or read sessions. Node looks for @mtcute/node and @mtcute/convert beside the script.
//
// usage: node mtcute.mjs make DIRECTORY
//        node mtcute.mjs read FORMAT FILE...
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import * as convert from '@mtcute/convert'
import { BaseTelegramClient, SqliteStorage } from '@mtcute/node'
import * as utils from '@mtcute/core/utils.js'

const user = 123456789012
const key = (n) => Uint8Array.from({ length: 256 }, (_, i) => (i % 7 === 3 ? 0 : i * 31 + n))
const dc = { id: 2, ipAddress: '149.154.167.51', port: 443, ipv6: false, mediaOnly: false, testMode: false }
const session = {
  version: 3, primaryDcs: { main: dc, media: dc }, authKey: key(2),
  self: { userId: user, isBot: true, isPremium: false, usernames: [] },
}

function tell(path, s, rest = {}) {
  const { main } = s.primaryDcs
  const out = {
    path, dc: main.id, key: createHash('sha1').update(s.authKey).digest('hex'), address: main.ipAddress, port: main.port,
    test: main.testMode ?? false, ...(s.self ? { user: s.self.userId, bot: s.self.isBot } : {}), ...rest,
  }
  console.log(JSON.stringify(out))
}

// storage opens a file as a client does that does not connect.
async function storage(file) {
  const s = new SqliteStorage(file, { disableWal: true })
  const client = new BaseTelegramClient({ apiId: 1, apiHash: 'x', storage: s })
  await client.mt.storage.load()
  return { s, manager: client.mt.storage, highlevel: client.storage }
}

async function make(directory) {
  const put = (name, text) => writeFileSync(join(directory, name), text)
  put('mtcute.txt', utils.writeStringSession(session))
  put('gramjs.txt', convert.convertToGramjsSession(session))
  put('gramjs6.txt', convert.convertToGramjsSession({ ...session, primaryDcs: { main: { ...dc, ipv6: true, ipAddress: '2001:67c:4e8:f002::a' } } }))
  put('mtkruto.txt', convert.convertToMtkrutoSession(session))
  const test = { ...dc, testMode: true, ipAddress: '149.154.167.40' }
  put('mtkruto-test.txt', convert.convertToMtkrutoSession({ ...session, primaryDcs: { main: test, media: test } }))
  for (const [name, passcode] of [['tdata', undefined], ['tdata-passcode', 'a passcode']]) {
    mkdirSync(join(directory, name), { recursive: true })
    await convert.convertToTdata([session, { ...session, authKey: key(1), self: { ...session.self, userId: 5 } }],
      { path: join(directory, name), passcode })
  }
  const { s, manager, highlevel } = await storage(join(directory, 'mtcute.session'))
  await manager.dcs.store({ main: dc, media: { ...dc, mediaOnly: true, ipAddress: '149.154.167.222' } })
  await s.authKeys.set(2, key(2))
  await s.authKeys.set(1, key(1))
  await highlevel.self.store({ userId: user, isBot: true, isPremium: true, usernames: ['fake_bot', 'other_bot'] })
  for (const [n, v] of [['Pts', 1000], ['Qts', 20], ['Date', 1700000000], ['Seq', 3]]) await highlevel.updates[`set${n}`](v)
  await highlevel.updates.setManyChannelPts(new Map([[77, 5], [1500000000, 6000000]]))
  await manager.save()
  await manager.destroy()
}

async function read(format, path) {
  const text = () => readFileSync(path, 'utf8').trim()
  switch (format) {
    case 'mtcute-string': return tell(path, utils.readStringSession(text()))
    case 'gramjs-string': return tell(path, convert.convertFromGramjsSession(text()))
    case 'telethon-string': return tell(path, convert.convertFromTelethonSession(text()))
    case 'mtkruto-string': return tell(path, convert.convertFromMtkrutoSession(text()))
    case 'pyrogram-string': return tell(path, convert.convertFromPyrogramSession(text()))
    case 'tdata': return tell(path, await convert.convertFromTdata({ path, passcode: process.env.PASSCODE }))
    case 'mtcute': {
      const { s, manager, highlevel } = await storage(path)
      const dcs = await manager.dcs.fetch()
      const self = await highlevel.self.fetch()
      const state = await highlevel.updates.getState()
      const rest = {}
      if (state) Object.assign(rest, { pts: state[0], qts: state[1], date: state[2], seq: state[3] })
      const channels = {}
      for (const id of [77, 1500000000]) {
        const pts = await highlevel.updates.getChannelPts(id)
        if (pts) channels[id] = pts
      }
      if (Object.keys(channels).length) rest.channels = channels
      if (self?.usernames.length) rest.username = self.usernames[0]
      tell(path, { primaryDcs: dcs, authKey: await s.authKeys.get(dcs.main.id), self }, rest)
      return manager.destroy()
    }
  }
  throw new Error(`no format ${format}`)
}

const [what, ...args] = process.argv.slice(2)
if (what === 'make') await make(args[0])
else for (const path of args.slice(1)) await read(args[0], path)
process.exit(0)
