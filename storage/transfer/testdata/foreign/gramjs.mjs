// GramJS reads sessions and writes them again. Node looks for telegram beside the script.
//
// usage: node gramjs.mjs read FORMAT FILE...
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

import sessions from 'telegram/sessions/index.js'

for (const path of process.argv.slice(4)) {
  const text = readFileSync(path, 'utf8').trim()
  const s = new sessions.StringSession(text)
  await s.load()
  if (s.save() !== text) throw new Error(`${path} is written in another way`)
  const key = createHash('sha1').update(s.authKey.getKey()).digest('hex')
  console.log(JSON.stringify({ path, dc: s.dcId, key, address: s.serverAddress, port: s.port }))
}
process.exit(0)
