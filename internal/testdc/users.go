package testdc

import (
	"context"

	"github.com/gotd/td/tg"
)

func (s *Server) registerUsers(d *tg.ServerDispatcher) {
	d.OnAccountDeleteAccount(s.accountDeleteAccount)
	d.OnAccountGetAutoDownloadSettings(func(context.Context) (*tg.AccountAutoDownloadSettings, error) {
		return autoDownloadSettings(), nil
	})
	d.OnAccountSaveAutoDownloadSettings(func(context.Context, *tg.AccountSaveAutoDownloadSettingsRequest) (bool, error) { return true, nil })
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
