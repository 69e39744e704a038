package text

// An Error is an error whose text goes to the client as it is; its code is 400 where nothing else is said.
type Error string

func (e Error) Error() string { return string(e) }
