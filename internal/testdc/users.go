package testdc

import (
	"context"

	"github.com/gotd/td/tg"
)

func (s *Server) registerUsers(d *tg.ServerDispatcher) {
	d.OnUsersGetUsers(s.usersGetUsers)
	d.OnUsersGetFullUser(s.usersGetFullUser)
	d.OnAccountUpdateStatus(s.accountUpdateStatus)
	d.OnAccountDeleteAccount(s.accountDeleteAccount)
	d.OnAccountGetAutoDownloadSettings(func(context.Context) (*tg.AccountAutoDownloadSettings, error) {
		return autoDownloadSettings(), nil
	})
	d.OnAccountSaveAutoDownloadSettings(func(context.Context, *tg.AccountSaveAutoDownloadSettingsRequest) (bool, error) { return true, nil })
}

func (s *Server) usersGetUsers(ctx context.Context, ids []tg.InputUserClass) ([]tg.UserClass, error) {
	c := callOf(ctx)
	var users []tg.UserClass
	for _, id := range ids {
		if a := c.inputUser(id); a != nil {
			users = append(users, s.user(a, c.account()))
		}
	}
	return users, nil
}

func (s *Server) usersGetFullUser(ctx context.Context, id tg.InputUserClass) (*tg.UsersUserFull, error) {
	c := callOf(ctx)
	a := c.inputUser(id)
	if a == nil {
		return nil, rpcError(400, "USER_ID_INVALID")
	}
	full := tg.UserFull{ID: a.id, CanPinMessage: true}
	if a.bot {
		info := tg.BotInfo{}
		info.SetUserID(a.id)
		full.SetBotInfo(info)
	} else if a != c.account() {
		full.PhoneCallsAvailable, full.VideoCallsAvailable = true, true
	}
	return &tg.UsersUserFull{FullUser: full, Users: []tg.UserClass{s.user(a, c.account())}}, nil
}

// onlineFor is how long a client counts as online after it said so.
const onlineFor = 300

func (s *Server) accountUpdateStatus(ctx context.Context, offline bool) (bool, error) {
	a := callOf(ctx).account()
	if offline {
		a.online = s.unix()
	} else {
		a.online = s.unix() + onlineFor
	}
	return true, nil
}

// accountDeleteAccount deletes the account and ends its logins. Its phone number is free again.
func (s *Server) accountDeleteAccount(ctx context.Context, req *tg.AccountDeleteAccountRequest) (bool, error) {
	c := callOf(ctx)
	a, err := c.holder()
	if err != nil {
		return false, err
	}
	if in, ok := req.GetPassword(); ok {
		if err := c.knows(a, in); err != nil {
			return false, err
		}
	} else if a.password != nil && c.login == nil { // who has forgotten the password has to wait
		return false, rpcError(420, "2FA_CONFIRM_WAIT_604800")
	}
	s.endLogins(c, a, "USER_DEACTIVATED")
	delete(s.accounts, a.phone)
	delete(s.users, a.id)
	return true, nil
}

// autoDownloadSettings are what is proposed to clients, one more generous than the other.
func autoDownloadSettings() *tg.AccountAutoDownloadSettings {
	return &tg.AccountAutoDownloadSettings{
		Low:    tg.AutoDownloadSettings{PhonecallsLessData: true, PhotoSizeMax: 1 << 20, VideoUploadMaxbitrate: 50},
		Medium: tg.AutoDownloadSettings{AudioPreloadNext: true, PhotoSizeMax: 1 << 20, VideoSizeMax: 10 << 20, FileSizeMax: 1 << 20, VideoUploadMaxbitrate: 100},
		High: tg.AutoDownloadSettings{
			VideoPreloadLarge: true, AudioPreloadNext: true, StoriesPreload: true,
			PhotoSizeMax: 100 << 20, VideoSizeMax: 15 << 20, FileSizeMax: 3 << 20, VideoUploadMaxbitrate: 100,
		},
	}
}
