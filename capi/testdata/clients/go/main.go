// Command go is a program in Go that is linked with the library by cgo, in the manner of go-tdlib: there are two Go runtimes in its process.
package main

// #cgo LDFLAGS: -ltdjson
// #include <stdlib.h>
// #include <td/telegram/td_json_client.h>
import "C"

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"sync"
	"syscall"
	"time"
	"unsafe"
)

type object map[string]any

func send(client C.int, request object) {
	text, _ := json.Marshal(request)
	c := C.CString(string(text))
	defer C.free(unsafe.Pointer(c))
	C.td_send(client, c)
}

func receive(timeout float64) object {
	runtime.LockOSThread() // the answer belongs to the thread
	defer runtime.UnlockOSThread()
	answer := C.td_receive(C.double(timeout))
	if answer == nil {
		return nil
	}
	var o object
	if err := json.Unmarshal([]byte(C.GoString(answer)), &o); err != nil {
		fail("td_receive: %v", err)
	}
	return o
}

func execute(request object) object {
	text, _ := json.Marshal(request)
	c := C.CString(string(text))
	defer C.free(unsafe.Pointer(c))
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	var o object
	if err := json.Unmarshal([]byte(C.GoString(C.td_execute(c))), &o); err != nil {
		fail("td_execute: %v", err)
	}
	return o
}

func fail(format string, args ...any) {
	fmt.Printf("FAIL "+format+"\n", args...)
	os.Exit(1)
}

func main() {
	execute(object{"@type": "setLogVerbosityLevel", "new_verbosity_level": 0})
	client := C.td_create_client_id()
	const senders, each = 10, 200
	var all sync.WaitGroup
	for i := range senders {
		all.Go(func() {
			for j := range each {
				send(client, object{"@type": "testSquareInt", "x": j, "@extra": i})
				runtime.GC()
				if execute(object{"@type": "getOption", "name": "version"})["value"] != "1.8.65" {
					fail("the version")
				}
			}
		})
	}
	for left := senders * each; left > 0; {
		o := receive(20)
		if o == nil {
			fail("%d answers are missing", left)
		}
		if o["@extra"] != nil {
			left--
		}
	}
	all.Wait()

	// A fault here and a signal from outside are this runtime's own.
	func() {
		defer func() {
			if recover() == nil {
				fail("a nil pointer did not panic")
			}
		}()
		var o *struct{ x int }
		o.x = 1
	}()
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGUSR1)
	if err := syscall.Kill(os.Getpid(), syscall.SIGUSR1); err != nil {
		fail("%v", err)
	}
	select {
	case <-signals:
	case <-time.After(10 * time.Second):
		fail("the signal did not come")
	}
	r, w, err := os.Pipe()
	if err != nil {
		fail("%v", err)
	}
	r.Close()
	if _, err := w.Write([]byte("a")); !errors.Is(err, syscall.EPIPE) {
		fail("a write to a broken pipe: %v", err)
	}
	send(client, object{"@type": "close"})
	for {
		o := receive(20)
		if o == nil {
			fail("the client does not close")
		}
		state, _ := o["authorization_state"].(map[string]any)
		if state["@type"] == "authorizationStateClosed" {
			return
		}
	}
}
