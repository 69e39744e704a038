package testdc

import (
	"context"

	"github.com/gotd/td/tg"
)

func (s *Server) registerControl(d *tg.ServerDispatcher) {
	d.OnHelpSaveAppLog(s.helpSaveAppLog)
}

func (s *Server) helpSaveAppLog(context.Context, []tg.InputAppEvent) (bool, error) { return true, nil }
