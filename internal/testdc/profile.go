package testdc

import (
	"context"
	"slices"

	"github.com/gotd/td/tg"
)

const maxProfilePhotos = 100

func (s *Server) registerProfile(d *tg.ServerDispatcher) {
	d.OnUsersGetUsers(s.usersGetUsers)
	d.OnUsersGetFullUser(s.usersGetFullUser)
	d.OnAccountUpdateStatus(s.accountUpdateStatus)
	d.OnAccountUpdateProfile(s.accountUpdateProfile)
	d.OnAccountUpdateBirthday(s.accountUpdateBirthday)
	d.OnPhotosUploadProfilePhoto(s.photosUploadProfilePhoto)
	d.OnPhotosUpdateProfilePhoto(s.photosUpdateProfilePhoto)
	d.OnPhotosDeletePhotos(s.photosDeletePhotos)
	d.OnPhotosGetUserPhotos(s.photosGetUserPhotos)
	d.OnMessagesGetCommonChats(s.messagesGetCommonChats)
}

func (s *Server) usersGetUsers(ctx context.Context, ids []tg.InputUserClass) ([]tg.UserClass, error) {
	c := callOf(ctx)
	var users []tg.UserClass
	for _, id := range ids {
		if a, err := c.user(id); err == nil {
			users = append(users, s.user(a, c.account()))
		}
	}
	return users, nil
}

func (s *Server) usersGetFullUser(ctx context.Context, id tg.InputUserClass) (*tg.UsersUserFull, error) {
	c := callOf(ctx)
	viewer := c.account()
	a, err := c.user(id)
	if err != nil {
		return nil, err
	}
	d := viewer.Dialogs[a.peer()]
	if d == nil {
		d = &dialog{Peer: a.peer()}
	}
	v := s.view(viewer)
	v.nameUsers(a.id)
	full := tg.UserFull{
		ID: a.id, CanPinMessage: true, About: a.About, Blocked: viewer.Blocked[a.peer()] != 0, NotifySettings: d.settings(),
		Settings: viewer.peerSettings(a, a.peer()), PinnedMsgID: s.pinnedIn(&viewer.mailbox, d.Numbers), FolderID: d.Folder,
		CommonChatsCount: len(s.common(viewer, a)),
	}
	if len(a.Photos) > 0 {
		full.SetProfilePhoto(s.photo(a.Photos[0]))
	}
	if a.Birthday != nil {
		full.SetBirthday(*a.Birthday)
	}
	if a.bot {
		full.SetBotInfo(s.botInfo(a))
	} else if a != viewer {
		full.PhoneCallsAvailable, full.VideoCallsAvailable = true, true
	}
	if as := viewer.Contacts[a.id]; as != nil && as.Note != "" {
		full.SetNote(tg.TextWithEntities{Text: as.Note})
	}
	return &tg.UsersUserFull{FullUser: full, Users: v.users(), Chats: v.chats()}, nil
}

// common are the groups that two are in.
func (s *Server) common(a, b *account) []*chat {
	return slices.DeleteFunc(s.sortedChats(), func(ch *chat) bool {
		return a == b || ch.Kind == broadcast || ch.Members[a.id] == nil || ch.Members[b.id] == nil
	})
}

func (s *Server) messagesGetCommonChats(ctx context.Context, req *tg.MessagesGetCommonChatsRequest) (tg.MessagesChatsClass, error) {
	c := callOf(ctx)
	u, err := c.user(req.UserID)
	if err != nil {
		return nil, err
	}
	v := s.view(c.account())
	for _, ch := range s.common(c.account(), u) {
		v.name(ch.peer())
	}
	return &tg.MessagesChats{Chats: v.chats()}, nil
}

// onlineFor is how long a client counts as online after it said so, in seconds.
const onlineFor = 300

// accountUpdateStatus tells all who have the account among their contacts or chats whether it is there.
func (s *Server) accountUpdateStatus(ctx context.Context, offline bool) (bool, error) {
	s.setOnline(callOf(ctx).account(), !offline)
	return true, nil
}

func (s *Server) setOnline(a *account, on bool) {
	a.online = s.unix()
	if on {
		a.online += onlineFor
	}
	for _, o := range s.users {
		if o != a && (o.Contacts[a.id] != nil || o.Dialogs[a.peer()] != nil) {
			s.whisper(o, &tg.UpdateUserStatus{UserID: a.id, Status: s.status(a)})
		}
	}
	s.changed()
}

// knowers are the other accounts that have somebody among their contacts, chats or groups, in the order of their ids.
func (s *Server) knowers(a *account) []*account {
	var list []*account
	for _, id := range sortedIDs(s.users) {
		o := s.users[id]
		if o != a && (o.Contacts[a.id] != nil || o.Dialogs[a.peer()] != nil || len(s.common(a, o)) > 0) {
			list = append(list, o)
		}
	}
	return list
}

// renamed tells who knows the caller of a new name.
func (s *Server) renamed(c *call) {
	a := c.account()
	u := &tg.UpdateUserName{UserID: a.id, FirstName: a.firstName, LastName: a.lastName}
	if a.username != "" {
		u.Usernames = []tg.Username{{Editable: true, Active: true, Username: a.username}}
	}
	n := s.report()
	for _, o := range append(s.knowers(a), a) {
		n.tell(o, u, a.peer())
	}
	n.publish(c)
}

func (s *Server) accountUpdateProfile(ctx context.Context, req *tg.AccountUpdateProfileRequest) (tg.UserClass, error) {
	c := callOf(ctx)
	a := c.account()
	first, setFirst := req.GetFirstName()
	last, setLast := req.GetLastName()
	about, setAbout := req.GetAbout()
	switch {
	case setFirst && !goodName(first, 64):
		return nil, rpcError(400, "FIRSTNAME_INVALID")
	case setLast && len([]rune(last)) > 64:
		return nil, rpcError(400, "LASTNAME_INVALID")
	case setAbout && len([]rune(about)) > 70:
		return nil, rpcError(400, "ABOUT_TOO_LONG")
	}
	if setAbout {
		a.About = about
	}
	if setFirst {
		a.firstName = first
	}
	if setLast {
		a.lastName = last
	}
	s.renamed(c)
	return s.user(a, a), nil
}

func (s *Server) accountUpdateBirthday(ctx context.Context, req *tg.AccountUpdateBirthdayRequest) (bool, error) {
	a := callOf(ctx).account()
	a.Birthday = nil
	if b, ok := req.GetBirthday(); ok {
		a.Birthday = &b
	}
	s.changed()
	return true, nil
}

// photoChanged tells who knows the caller that they look different.
func (s *Server) photoChanged(c *call) {
	a := c.account()
	n := s.report()
	for _, o := range append(s.knowers(a), a) {
		n.tell(o, &tg.UpdateUser{UserID: a.id}, a.peer())
	}
	n.publish(c)
}

func (s *Server) photosUploadProfilePhoto(ctx context.Context, req *tg.PhotosUploadProfilePhotoRequest) (*tg.PhotosPhoto, error) {
	c := callOf(ctx)
	f, err := c.uploadPhoto(req.File)
	if err != nil {
		return nil, err
	}
	return s.setProfilePhoto(c, f)
}

func (s *Server) photosUpdateProfilePhoto(ctx context.Context, req *tg.PhotosUpdateProfilePhotoRequest) (*tg.PhotosPhoto, error) {
	c := callOf(ctx)
	if _, empty := req.ID.(*tg.InputPhotoEmpty); empty {
		a := c.account()
		a.Photos = a.Photos[min(1, len(a.Photos)):]
		s.photoChanged(c)
		return &tg.PhotosPhoto{Photo: &tg.PhotoEmpty{}, Users: []tg.UserClass{s.user(a, a)}}, nil
	}
	f, err := c.knownPhoto(req.ID)
	if err != nil {
		return nil, err
	}
	return s.setProfilePhoto(c, f)
}

func (s *Server) setProfilePhoto(c *call, f *file) (*tg.PhotosPhoto, error) {
	a := c.account()
	a.Photos = append([]int64{f.ID}, slices.DeleteFunc(a.Photos, func(id int64) bool { return id == f.ID })...)
	a.Photos = a.Photos[:min(len(a.Photos), maxProfilePhotos)]
	s.photoChanged(c)
	return &tg.PhotosPhoto{Photo: s.photo(f.ID), Users: []tg.UserClass{s.user(a, a)}}, nil
}

func (s *Server) photosDeletePhotos(ctx context.Context, in []tg.InputPhotoClass) ([]int64, error) {
	c := callOf(ctx)
	a := c.account()
	var gone []int64
	for _, i := range in {
		p, ok := i.(*tg.InputPhoto)
		if at := slices.Index(a.Photos, p.GetID()); ok && at >= 0 {
			a.Photos = slices.Delete(a.Photos, at, at+1)
			gone = append(gone, p.ID)
		}
	}
	s.photoChanged(c)
	return gone, nil
}

func (s *Server) photosGetUserPhotos(ctx context.Context, req *tg.PhotosGetUserPhotosRequest) (tg.PhotosPhotosClass, error) {
	c := callOf(ctx)
	a, err := c.user(req.UserID)
	if err != nil {
		return nil, err
	}
	v := s.view(c.account())
	v.nameUsers(a.id)
	list := a.Photos[min(max(req.Offset, 0), len(a.Photos)):]
	if req.Limit > 0 {
		list = list[:min(req.Limit, len(list))]
	}
	photos := []tg.PhotoClass{}
	for _, id := range list {
		photos = append(photos, s.photo(id))
	}
	if len(photos) < len(a.Photos) {
		return &tg.PhotosPhotosSlice{Count: len(a.Photos), Photos: photos, Users: v.users()}, nil
	}
	return &tg.PhotosPhotos{Photos: photos, Users: v.users()}, nil
}
