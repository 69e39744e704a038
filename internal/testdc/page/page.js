// The page shows what the server says of itself and asks again when something has changed.
'use strict'

const find = selector => document.querySelector(selector)
const get = async path => (await fetch(path)).json()
const two = n => String(n).padStart(2, '0')
const clock = date => `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`

// make builds an element; texts never become markup.
function make(tag, className, ...children) {
  const element = document.createElement(tag)
  if (className) element.className = className
  element.append(...children.filter(child => child !== null && child !== undefined && child !== ''))
  return element
}

const tag = (text, kind = '') => make('span', 'tag ' + kind, text)

function fill(name, rows) {
  const section = find('#' + name)
  section.classList.toggle('filled', rows.length > 0)
  section.querySelector('.count').textContent = rows.length || ''
  section.querySelector('tbody, .list').replaceChildren(...rows)
}

function ago(seconds) {
  const past = Math.max(0, Date.now() / 1000 - seconds)
  if (past < 60) return 'now'
  if (past < 3600) return Math.floor(past / 60) + ' min'
  if (past < 86400) return Math.floor(past / 3600) + ' h'
  return Math.floor(past / 86400) + ' d'
}

function codeButton(code) {
  const button = make('button', 'code', code)
  button.type = 'button'
  button.title = 'Copy'
  button.addEventListener('click', () => navigator.clipboard?.writeText(code))
  return button
}

function accountRow(a) {
  const name = make('td', '', a.name || make('span', 'soft', 'not there yet'), a.username ? make('span', 'soft', ' @' + a.username) : '',
    a.bot ? tag('bot') : '', a.begun ? tag('logging in', 'warn') : '', a.password ? tag('password') : '', a.online ? tag('online') : '')
  return make('tr', '', name, make('td', 'mono', a.bot ? String(a.id) : a.phone), make('td', '', a.code ? codeButton(a.code) : ''),
    make('td', 'right', String(a.dc || '')), make('td', 'right', String(a.sessions)))
}

function sessionRow(s) {
  const device = make('td', '', s.device || make('span', 'soft', 'unnamed'), make('span', 'soft', ' ' + (s.app.includes(s.platform) ? s.app : `${s.app} ${s.platform}`).trim()),
    s.connected ? tag('connected') : '', s.unconfirmed ? tag('unconfirmed', 'warn') : '', s.password_pending ? tag('password asked for', 'warn') : '',
    s.phantom ? tag('no client') : '')
  return make('tr', '', device, make('td', 'mono', s.phone), make('td', 'right', String(s.dc || '')), make('td', 'right soft', ago(s.active)))
}

// words makes "pin message" of messageActionPinMessage.
const words = name => name.replace(/^message(Action|Media)/, '').replace(/([A-Z])/g, ' $1').trim().toLowerCase()

function messageItem(m) {
  const head = make('div', 'head', `${m.from} → ${m.to}`, m.chat ? make('span', 'mono', m.chat) : '', m.edited ? 'edited' : '', m.pinned ? 'pinned' : '',
    make('time', '', clock(new Date(m.date * 1000))))
  const media = m.media ? tag(words(m.media)) : ''
  return make('li', '', head, make('div', m.service ? 'service' : '', m.service ? words(m.text) : m.text, media, m.reactions ? ' ' + m.reactions : ''))
}

async function refresh() {
  const [accounts, sessions, messages] = await Promise.all(['accounts', 'sessions', 'messages'].map(name => get('/api/' + name)))
  fill('accounts', accounts.map(accountRow))
  fill('sessions', sessions.map(sessionRow))
  fill('messages', messages.map(messageItem))
}

// One refresh at a time, and one more when something changes meanwhile.
let busy = false
let again = false
async function soon() {
  again = true
  if (busy) return
  busy = true
  while (again) {
    again = false
    try { await refresh() } catch { /* the stream says that the server is gone */ }
    await new Promise(done => setTimeout(done, 200))
  }
  busy = false
}

let calls = []
const matches = (c, words) => words.every(word => `${c.method} ${c.phone ?? ''} ${c.error ?? ''} ${c.session}`.toLowerCase().includes(word))

function callItem(c) {
  const what = make('span', 'what', c.method, c.error ? make('span', 'error', '  ' + c.error) : '')
  what.title = c.method + (c.error ? ': ' + c.error : '')
  const who = make('span', 'who', c.phone ?? 'nobody', tag('DC ' + c.dc))
  return make('li', '', make('time', '', clock(new Date(c.time))), what, who)
}

let drawing = false
function drawCalls() {
  if (drawing || find('#hold').checked) return
  drawing = true
  requestAnimationFrame(() => {
    drawing = false
    const words = find('#filter').value.toLowerCase().split(/\s+/)
    fill('calls', calls.filter(c => matches(c, words)).slice(-300).reverse().map(callItem))
    if (calls.length) find('#calls').classList.add('filled')
  })
}

function addCalls(list) {
  const last = calls.at(-1)?.number ?? 0
  calls = calls.concat(list.filter(c => c.number > last)).slice(-1000)
  drawCalls()
}

function listen() {
  const live = find('#live')
  const say = (text, kind) => { live.textContent = text; live.className = 'state ' + kind }
  const events = new EventSource('/api/events')
  events.onopen = async () => {
    say('live', 'on')
    const known = await get('/api/calls')
    if ((known.at(-1)?.number ?? 0) < (calls.at(-1)?.number ?? 0)) calls = [] // the server began anew
    addCalls(known)
    soon()
  }
  events.onerror = () => say('server not reached', 'off')
  events.addEventListener('call', e => addCalls([JSON.parse(e.data)]))
  events.addEventListener('change', soon)
}

async function run(command, output) {
  const answer = await fetch('/api/do', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: command })
  const said = await answer.json()
  output.className = answer.ok ? '' : 'bad'
  output.textContent = answer.ok ? (said.chat ? `Done: ${said.chat}` : 'Done') : said.error.replace('testdc: ', '')
  return answer.ok
}

const examples = [
  ['A message arrives', { do: 'message', from: '15550002222', phone: '15550001111', text: 'Hello' }],
  ['Somebody reads', { do: 'read', from: '15550002222', phone: '15550001111' }],
  ['Somebody types', { do: 'typing', from: '15550002222', phone: '15550001111' }],
  ['A new group', { do: 'newChat', kind: 'group', text: 'Friends', from: '15550001111', phones: ['15550002222', '15550003333'] }],
  ['A new channel', { do: 'newChat', kind: 'channel', text: 'News', from: '15550002222', phones: ['15550001111'] }],
  ['An unconfirmed session logs in', { do: 'addLogin', phone: '15550001111', login: { hash: '0', device: 'Phone', app: 'Telegram Android', platform: 'Android', unconfirmed: true } }],
  ['The next update is lost', { do: 'withholdUpdates', phone: '15550001111', count: 1 }],
  ['The next update comes twice', { do: 'doubleUpdates', phone: '15550001111', count: 1 }],
  ['The next two updates come in the wrong order', { do: 'swapUpdates', phone: '15550001111', count: 1 }],
  ['The next sendMessage is answered FLOOD_WAIT_3', { do: 'fail', method: 'messages.sendMessage', code: 420, text: 'FLOOD_WAIT_3' }],
  ['The next sendMessage is answered with error 500', { do: 'fail', method: 'messages.sendMessage', code: 500, text: 'INTERNAL' }],
  ['All connections are cut', { do: 'cut' }],
  ['The clients of an account are told to ask for what they missed', { do: 'updatesTooLong', phone: '15550001111' }],
  ['A password is asked for from now on', { do: 'setPassword', phone: '15550001111', text: 'secret', hint: 'a hint' }],
  ['The server forgets the keys of an account', { do: 'forgetKeys', phone: '15550001111' }],
  ['The clock goes forward by an hour', { do: 'shiftClock', seconds: 3600 }],
]

function setUp() {
  const select = find('#example')
  select.append(...examples.map(([name], i) => Object.assign(make('option', '', name), { value: i })))
  const show = () => { find('#text').value = JSON.stringify(examples[select.value][1], null, 2) }
  select.addEventListener('change', show)
  show()
  find('#command form').addEventListener('submit', e => {
    e.preventDefault()
    run(find('#text').value, find('#command output'))
  })
  find('#say').addEventListener('submit', async e => {
    e.preventDefault()
    const form = e.target
    const to = form.to.value.trim()
    const where = /^[gc]\d+$/.test(to) ? { chat: to } : { phone: to }
    if (await run(JSON.stringify({ do: 'message', from: form.from.value, text: form.text.value, ...where }), form.querySelector('output'))) form.text.value = ''
  })
  find('#filter').addEventListener('input', drawCalls)
  find('#hold').addEventListener('change', drawCalls)
  get('/api/server').then(server => {
    find('#where').textContent = `DC 1–3 at ${server.dcs.join(', ')}` + (server.proxy ? ` · SOCKS5 ${server.proxy}` : '') + ` · layer ${server.layer}`
  })
}

setUp()
listen()
