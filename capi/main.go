// Command capi is the shared library libtdjson.so: the engine behind TDLib's C
// interface. The names that C programs know are in td_json_client.c, which calls
// the functions here; build.sh says how it is linked.
package main

// #cgo CFLAGS: -I${SRCDIR}/../include -O2 -fvisibility=hidden
// #cgo windows CFLAGS: -Dtdjson_EXPORTS
// #include "result.h"
import "C"

import (
	"math"
	"os"
	"runtime"
	"sync"
	"time"
	"unsafe"

	"tdjson/td"
)

// registry is the process's only one: the C interface has no handle to carry it.
var registry = td.NewRegistry()

func main() {} // never called, but c-shared wants one

// guard keeps a panic from ending the program that has loaded the library.
func guard() {
	if p := recover(); p != nil {
		logPanic(p)
	}
}

func logPanic(p any) { registry.Log().Panicked("A call of the library", p) }

// widen makes room for the program's own threads: each counts as a running Go thread while it is in here, so that two that send and
// one that receives would wait for each other on two cores. One more was best of 2, 3, 4 and 8 there.
var widen = sync.OnceFunc(func() {
	if os.Getenv("GOMAXPROCS") == "" {
		runtime.GOMAXPROCS(runtime.GOMAXPROCS(0) + 1)
	}
})

// internalError is what a caller gets in place of an answer that could not be made.
const internalError = `{"@type":"error","code":500,"message":"Internal error; the log has the details"}`

// input is the caller's memory, valid until the call returns.
func input(text *C.char, n C.size_t) []byte {
	return unsafe.Slice((*byte)(unsafe.Pointer(text)), n)
}

// room is the free memory in result, less a byte for the zero at the end.
func room(result *C.td_result) []byte {
	if result.size == 0 {
		return nil
	}
	return unsafe.Slice((*byte)(unsafe.Pointer(result.data)), result.size-1)[:0]
}

// deliver ends an answer that was appended to room(result) with a zero, after
// moving it to larger memory if it outgrew that. It says whether there is one.
func deliver(result *C.td_result, answer []byte) C.int {
	if answer == nil {
		return 0
	}
	if len(answer) >= int(result.size) {
		if C.tdjson_result_grow(result, C.size_t(len(answer)+1)) == 0 {
			return 0
		}
		copy(unsafe.Slice((*byte)(unsafe.Pointer(result.data)), result.size), answer)
	}
	*(*byte)(unsafe.Add(unsafe.Pointer(result.data), len(answer))) = 0
	return 1
}

// answerPanic replaces the answer of a call that panicked.
func answerPanic(result *C.td_result, there *C.int) {
	if p := recover(); p != nil {
		logPanic(p)
		*there = deliver(result, append(room(result), internalError...))
	}
}

// duration of a timeout in seconds; what is no such time counts as none.
func duration(seconds C.double) time.Duration {
	switch s := float64(seconds); {
	case !(s > 0):
		return 0
	case s > math.MaxInt64/1e9:
		return math.MaxInt64
	default:
		return time.Duration(s * 1e9)
	}
}

//export goCreateClientID
func goCreateClientID() C.int {
	widen()
	return C.int(registry.CreateClientID())
}

//export goSend
func goSend(id C.int, request *C.char, n C.size_t) {
	defer guard()
	registry.Send(int32(id), input(request, n))
}

//export goReceive
func goReceive(timeout C.double, result *C.td_result) (there C.int) {
	defer answerPanic(result, &there)
	return deliver(result, registry.Receive(room(result), duration(timeout)))
}

//export goExecute
func goExecute(request *C.char, n C.size_t, result *C.td_result) (there C.int) {
	defer answerPanic(result, &there)
	return deliver(result, registry.Execute(room(result), input(request, n)))
}

//export goCreateJSONClient
func goCreateJSONClient() C.int {
	defer guard()
	widen()
	return C.int(registry.CreateJSONClient())
}

//export goSendJSON
func goSendJSON(id C.int, request *C.char, n C.size_t) {
	defer guard()
	registry.SendJSON(int32(id), input(request, n))
}

//export goReceiveJSON
func goReceiveJSON(id C.int, timeout C.double, result *C.td_result) (there C.int) {
	defer answerPanic(result, &there)
	return deliver(result, registry.ReceiveJSON(int32(id), room(result), duration(timeout)))
}

//export goDestroyJSONClient
func goDestroyJSONClient(id C.int) {
	defer guard()
	registry.DestroyJSONClient(int32(id))
}

//export goSetLogCallback
func goSetLogCallback(maxLevel C.int, callback C.td_log_message_callback_ptr) {
	if callback == nil {
		registry.Log().SetCallback(-1, nil)
		return
	}
	registry.Log().SetCallback(int(maxLevel), func(level int, line string) {
		text := append([]byte(line), 0)
		C.tdjson_call_log_callback(callback, C.int(level), (*C.char)(unsafe.Pointer(&text[0])))
	})
}

//export goSetLogFilePath
func goSetLogFilePath(path *C.char, n C.size_t) (done C.int) {
	defer guard()
	if registry.Log().SetFilePath(string(input(path, n))) {
		return 1
	}
	return 0
}

//export goSetLogMaxFileSize
func goSetLogMaxFileSize(size C.longlong) {
	defer guard()
	registry.Log().SetMaxFileSize(int64(size))
}

//export goSetLogVerbosityLevel
func goSetLogVerbosityLevel(level C.int) {
	defer guard()
	_ = registry.Log().SetVerbosity(int(level)) // TDLib ignores a bad level too
}
