package td

import (
	"context"
	"net"
	"os"
	"syscall"

	"tdjson/td/mtproto"
)

// unsignalled is a way to dial whose connections never raise SIGPIPE: it would end a program that minds it as every program does at its start.
func unsignalled(dial mtproto.DialFunc) mtproto.DialFunc {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		nc, err := dial(ctx, network, address)
		if err != nil {
			return nil, err
		}
		tcp, ok := nc.(*net.TCPConn)
		if !ok {
			return nc, nil
		}
		raw, err := tcp.SyscallConn()
		if err != nil {
			nc.Close()
			return nil, err
		}
		return &quietConn{Conn: tcp, raw: raw}, nil
	}
}

// quietConn writes with MSG_NOSIGNAL.
type quietConn struct {
	net.Conn
	raw syscall.RawConn
}

// Write is as net.Conn says.
func (c *quietConn) Write(b []byte) (n int, err error) {
	failure := c.raw.Write(func(fd uintptr) bool {
		for n < len(b) && err == nil {
			var sent int
			sent, err = syscall.SendmsgN(int(fd), b[n:], nil, nil, syscall.MSG_NOSIGNAL)
			switch err {
			case nil:
				n += sent
			case syscall.EINTR:
				err = nil
			case syscall.EAGAIN:
				err = nil
				return false
			}
		}
		return true
	})
	if err != nil {
		err = &net.OpError{Op: "write", Net: "tcp", Source: c.LocalAddr(), Addr: c.RemoteAddr(), Err: os.NewSyscallError("sendmsg", err)}
	} else {
		err = failure // the deadline, or the end of the connection
	}
	return n, err
}
