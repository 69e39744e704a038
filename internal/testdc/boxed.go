package testdc

import (
	"encoding/base64"
	"fmt"
	"reflect"
	"sync"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

// constructors makes the objects of the API by the numbers of their constructors.
var constructors = sync.OnceValue(tg.TypesConstructorMap)

// boxed holds an object of the API, or none; in the state's file it is the bytes of the wire.
type boxed[T any] struct{ V T }

func box[T any](v T) boxed[T] { return boxed[T]{v} }

// MarshalText writes the object's bytes as base64, nothing for none.
func (b boxed[T]) MarshalText() ([]byte, error) {
	e, ok := any(b.V).(bin.Encoder)
	if v := reflect.ValueOf(b.V); !ok || v.Kind() == reflect.Pointer && v.IsNil() {
		return nil, nil
	}
	var buf bin.Buffer
	if err := e.Encode(&buf); err != nil {
		return nil, err
	}
	return base64.StdEncoding.AppendEncode(nil, buf.Buf), nil
}

// UnmarshalText reads what MarshalText writes.
func (b *boxed[T]) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		return nil
	}
	data, err := base64.StdEncoding.DecodeString(string(text))
	if err != nil {
		return fmt.Errorf("testdc: an object: %w", err)
	}
	buf := &bin.Buffer{Buf: data}
	typ, err := buf.PeekID()
	if err != nil {
		return fmt.Errorf("testdc: an object: %w", err)
	}
	build := constructors()[typ]
	if build == nil {
		return fmt.Errorf("testdc: no constructor %#x", typ)
	}
	o := build()
	if err := o.Decode(buf); err != nil {
		return fmt.Errorf("testdc: an object: %w", err)
	}
	v, ok := o.(T)
	if !ok {
		return fmt.Errorf("testdc: %T where it does not belong", o)
	}
	b.V = v
	return nil
}
