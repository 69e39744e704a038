package convert

import (
	"github.com/gotd/td/tg"

	"tdjson/types"
)

// PasswordState makes TDLib's object of how an account is protected. The length is that of the code that was sent last to a new
// recovery address, 0 if it is not known.
func PasswordState(p *tg.AccountPassword, codeLength int32) *types.PasswordState {
	state := &types.PasswordState{LoginEmailAddressPattern: p.LoginEmailPattern, PendingResetDate: int32(max(p.PendingResetDate, 0))}
	if p.CurrentAlgo != nil {
		state.HasPassword, state.PasswordHint = true, p.Hint
		state.HasRecoveryEmailAddress, state.HasPassportData = p.HasRecovery, p.HasSecureValues
	}
	if p.EmailUnconfirmedPattern != "" {
		state.RecoveryEmailAddressCodeInfo = &types.EmailAddressAuthenticationCodeInfo{EmailAddressPattern: p.EmailUnconfirmedPattern, Length: codeLength}
	}
	return state
}
