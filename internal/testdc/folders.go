package testdc

import (
	"context"
	"slices"

	"github.com/gotd/td/tg"
)

const (
	firstFolder = 2 // those below are Telegram's own
	maxFolders  = 10
)

func (s *Server) registerFolders(d *tg.ServerDispatcher) {
	d.OnMessagesGetDialogFilters(s.messagesGetDialogFilters)
	d.OnMessagesUpdateDialogFilter(s.messagesUpdateDialogFilter)
	d.OnMessagesUpdateDialogFiltersOrder(s.messagesUpdateDialogFiltersOrder)
	d.OnMessagesToggleDialogFilterTags(func(context.Context, bool) (bool, error) { return true, nil })
}

// folderID is a folder's number, 0 of the list of all chats.
func folderID(f tg.DialogFilterClass) int {
	switch f := f.(type) {
	case *tg.DialogFilter:
		return f.ID
	case *tg.DialogFilterChatlist:
		return f.ID
	}
	return 0
}

func (s *Server) messagesGetDialogFilters(ctx context.Context) (*tg.MessagesDialogFilters, error) {
	a := callOf(ctx).account()
	out := &tg.MessagesDialogFilters{}
	if !slices.ContainsFunc(a.Folders, func(f boxed[tg.DialogFilterClass]) bool { return folderID(f.V) == 0 }) {
		out.Filters = append(out.Filters, &tg.DialogFilterDefault{})
	}
	for _, f := range a.Folders {
		out.Filters = append(out.Filters, f.V)
	}
	return out, nil
}

func (s *Server) messagesUpdateDialogFilter(ctx context.Context, req *tg.MessagesUpdateDialogFilterRequest) (bool, error) {
	c := callOf(ctx)
	a := c.account()
	i := slices.IndexFunc(a.Folders, func(f boxed[tg.DialogFilterClass]) bool { return folderID(f.V) == req.ID })
	switch {
	case req.ID < firstFolder || req.ID > 255:
		return false, rpcError(400, "FILTER_ID_INVALID")
	case req.Filter == nil && i >= 0:
		a.Folders = slices.Delete(a.Folders, i, i+1)
	case req.Filter == nil:
		return false, rpcError(400, "FILTER_ID_INVALID")
	case folderID(req.Filter) != req.ID:
		return false, rpcError(400, "FILTER_ID_INVALID")
	case !goodFolder(req.Filter):
		return false, rpcError(400, "FILTER_TITLE_EMPTY")
	case i >= 0:
		a.Folders[i] = box(req.Filter)
	case len(a.Folders) > maxFolders:
		return false, rpcError(400, "DIALOG_FILTERS_TOO_MUCH")
	default:
		a.Folders = append(a.Folders, box(req.Filter))
	}
	n := s.report()
	n.tell(a, &tg.UpdateDialogFilter{ID: req.ID, Filter: req.Filter})
	n.publish(c)
	return true, nil
}

func goodFolder(f tg.DialogFilterClass) bool {
	switch f := f.(type) {
	case *tg.DialogFilter:
		return goodName(f.Title.Text, 12)
	case *tg.DialogFilterChatlist:
		return goodName(f.Title.Text, 12)
	}
	return false
}

func (s *Server) messagesUpdateDialogFiltersOrder(ctx context.Context, order []int) (bool, error) {
	c := callOf(ctx)
	a := c.account()
	var list []boxed[tg.DialogFilterClass]
	for _, id := range order {
		i := slices.IndexFunc(a.Folders, func(f boxed[tg.DialogFilterClass]) bool { return folderID(f.V) == id })
		if id == 0 && i < 0 {
			list = append(list, boxed[tg.DialogFilterClass]{&tg.DialogFilterDefault{}})
			continue
		}
		if i < 0 {
			return false, rpcError(400, "FILTER_ID_INVALID")
		}
		list = append(list, a.Folders[i])
		a.Folders = slices.Delete(slices.Clone(a.Folders), i, i+1)
	}
	a.Folders = append(list, a.Folders...)
	n := s.report()
	n.tell(a, &tg.UpdateDialogFilterOrder{Order: order})
	n.publish(c)
	return true, nil
}
