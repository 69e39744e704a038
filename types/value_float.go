package types

// Float is the value of a number: 0 if it is written in a way that is no number.
func (v Value) Float() float64 { return parseDouble(v.Text()) }
