package types

// NewError makes TDLib's error object.
func NewError(code int32, message string) *Error {
	return &Error{Code: code, Message: message}
}

// Error makes TDLib's error object a Go error, so that handlers return it as it is.
func (e *Error) Error() string {
	return e.Message
}
