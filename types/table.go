// Package types has every object and function of td_api as a Go struct, a table that describes them, and one codec, for
// TDLib's dialect of JSON, that reads the table.
//
// The files *_gen.go are made from a td_api.tl by types/gen; their head names its hash.
package types

import "unsafe"

// TypeID is a type's place in the table: constructors first, then functions. It is no part of any interface to the outside.
type TypeID uint16

// Object is any object or function of td_api: a pointer to one of this package's generated structs.
type Object interface {
	TypeID() TypeID
}

// typeInfo describes a constructor or function. It holds no pointer, so that loading the library relocates nothing.
type typeInfo struct {
	head   uint32 // where `{"@type":"NAME"` stands in names
	length uint8  // of NAME
	id     uint32 // TL's constructor number
	class  int16  // in classTable; -1 for functions and for classes of one constructor
	first  uint16 // its first field in fieldTable
	count  uint8
	sync   bool // may be called without a client
}

type fieldKind uint8

const (
	kindBool fieldKind = iota
	kindInt32
	kindInt53
	kindInt64
	kindDouble
	kindString
	kindBytes
	kindObject
	kindClass
)

// fieldInfo describes one field of a struct.
type fieldInfo struct {
	key    uint32 // where `,"NAME":` stands in names
	ref    uint16 // kindObject: the TypeID; kindClass: the place in classTable
	length uint8  // of NAME
	vector uint8  // how many vectors are around the kind
	kind   fieldKind
	offset uint16 // in the struct
}

// classInfo moves interface values of one class in and out of memory that is known by address only.
type classInfo struct {
	store func(p unsafe.Pointer, o Object)
	load  func(p unsafe.Pointer) Object
}

func store[T Object](p unsafe.Pointer, o Object) {
	if v, ok := o.(T); ok {
		*(*T)(p) = v
	}
}

func load[T Object](p unsafe.Pointer) Object {
	return *(*T)(p)
}

const headPrefix = len(`{"@type":"`)

func (t *typeInfo) name() string {
	at := int(t.head) + headPrefix
	return names[at : at+int(t.length)]
}

// open is the beginning of the type's JSON.
func (t *typeInfo) open() string {
	return names[t.head : int(t.head)+headPrefix+int(t.length)+1]
}

func (t *typeInfo) fields() []fieldInfo {
	return fieldTable[t.first : int(t.first)+int(t.count)]
}

func (f *fieldInfo) name() string {
	return names[f.key+2 : int(f.key)+2+int(f.length)]
}

// comma is the field's key in JSON with the comma before it.
func (f *fieldInfo) comma() string {
	return names[f.key : int(f.key)+int(f.length)+4]
}

// lookup finds a type by its name in td_api.
func lookup(name string) (TypeID, bool) {
	h := uint32(2166136261)
	for i := range len(name) {
		h = (h ^ uint32(name[i])) * 16777619
	}
	for at := h & uint32(len(nameIndex)-1); nameIndex[at] != 0; at = (at + 1) & uint32(len(nameIndex)-1) {
		id := TypeID(nameIndex[at] - 1)
		if typeTable[id].name() == name {
			return id, true
		}
	}
	return 0, false
}

// lookupNumber finds a type by its TL constructor number.
func lookupNumber(number uint32) (TypeID, bool) {
	lo, hi := 0, len(idIndex)
	for lo < hi {
		mid := (lo + hi) / 2
		if typeTable[idIndex[mid]].id < number {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo < len(idIndex) && typeTable[idIndex[lo]].id == number {
		return TypeID(idIndex[lo]), true
	}
	return 0, false
}

// Name is the type's name in td_api, such as "getActiveSessions".
func Name(o Object) string {
	return typeTable[o.TypeID()].name()
}

// IsFunction says whether the object is a function, which can be asked for, and not a mere value.
func IsFunction(o Object) bool {
	return o.TypeID() >= firstFunction
}

// IsSync says whether the object is a function that td_execute may call.
func IsSync(o Object) bool {
	return typeTable[o.TypeID()].sync
}

// FunctionID finds a function by its name in td_api.
func FunctionID(name string) (TypeID, bool) {
	id, ok := lookup(name)
	return id, ok && id >= firstFunction
}

// Functions are the names of all functions, in the schema's order.
func Functions() []string {
	list := make([]string, 0, typeCount-firstFunction)
	for i := firstFunction; i < typeCount; i++ {
		list = append(list, typeTable[i].name())
	}
	return list
}

// MaxTypeID is one more than the greatest TypeID.
const MaxTypeID = typeCount

// pointer is the address of the struct behind an Object, nil for a nil pointer in an interface.
func pointer(o Object) unsafe.Pointer {
	return (*[2]unsafe.Pointer)(unsafe.Pointer(&o))[1]
}

// IsNil says whether there is no object: a nil interface, or a nil pointer in one.
func IsNil(o Object) bool {
	return o == nil || pointer(o) == nil
}

// object makes an Object of the type from the address of its struct: the type word of its zero with another data word.
func object(id TypeID, p unsafe.Pointer) Object {
	o := zeros[id]
	(*[2]unsafe.Pointer)(unsafe.Pointer(&o))[1] = p
	return o
}
