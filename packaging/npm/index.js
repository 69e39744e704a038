'use strict'

const fs = require('fs')
const path = require('path')

const names = { linux: 'libtdjson.so', darwin: 'libtdjson.dylib', win32: 'tdjson.dll' }

// The C library of this very process: only glibc is named in its report.
function libc () {
  const report = process.report.getReport()
  return (typeof report === 'string' ? JSON.parse(report) : report).header.glibcVersionRuntime ? 'glibc' : 'musl'
}

// The path of the library for this machine.
exports.getTdjson = function getTdjson (options = {}) {
  const platform = process.platform === 'android' ? 'linux' : process.platform
  let name = `${platform}-${process.arch}`
  if (platform === 'linux') name += `-${options.forceLibc || libc()}`
  const file = path.join(__dirname, 'prebuilds', name, names[platform] || '')
  if (!names[platform] || !fs.existsSync(file)) {
    const there = fs.readdirSync(path.join(__dirname, 'prebuilds')).sort().join(', ')
    throw new Error(`The ${name} platform is not supported; this package has ${there}`)
  }
  return file
}

// The version of TDLib whose interface this is, and the commit of TDLib that it is held against.
exports.getTdlibInfo = function getTdlibInfo () {
  return { ...require('./package.json').tdlib }
}
