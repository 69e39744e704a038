package td

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/goccy/go-json"
	"github.com/gotd/td/tg"

	"tdjson/types"
)

// checkAuthenticationBotToken logs in a bot.
func (c *Client) checkAuthenticationBotToken(ctx context.Context, f *types.CheckAuthenticationBotToken) (*types.Ok, error) {
	if err := cleanInputs(&f.Token); err != nil {
		return nil, err
	}
	l := &c.auth.login
	if _, ok := c.auth.state.(*types.AuthorizationStateWaitPhoneNumber); !ok {
		return nil, unexpected("checkAuthenticationBotToken")
	}
	switch {
	case l.asked != "", l.byQR, l.passkey:
		return nil, types.NewError(400, "Cannot set bot token after authentication began. You must log out first")
	case l.byToken && l.botToken != f.Token:
		return nil, types.NewError(400, "Cannot change bot token. You must log out first")
	}
	l.byToken, l.botToken = true, f.Token
	return c.authorization(ctx, func(ctx context.Context) error {
		result, err := c.api.tg.AuthImportBotAuthorization(ctx, &tg.AuthImportBotAuthorizationRequest{
			APIID: int(c.params.APIID), APIHash: c.params.APIHash, BotAuthToken: f.Token,
		})
		if err != nil {
			return err
		}
		return c.authorize(result)
	})
}

// requestQrCodeAuthentication asks for a link by which another device of the user can log this one in.
func (c *Client) requestQrCodeAuthentication(ctx context.Context, f *types.RequestQrCodeAuthentication) (*types.Ok, error) {
	l := &c.auth.login
	switch {
	case !c.auth.mayBegin():
		return nil, unexpected("requestQrCodeAuthentication")
	case l.byToken:
		return nil, errTokenBegun("request QR code authentication")
	case slices.ContainsFunc(f.OtherUserIDs, func(id int64) bool { return id <= 0 || id > maxUserID }):
		return nil, types.NewError(400, "Invalid user_id among other user_ids")
	}
	l.begin()
	l.byQR, l.Others = true, f.OtherUserIDs
	return c.authorization(ctx, c.exportToken)
}

// maxUserID is the greatest number of a user.
const maxUserID = 1<<40 - 1

// exportToken asks for a token that another device may accept.
func (c *Client) exportToken(ctx context.Context) error {
	token, err := c.api.tg.AuthExportLoginToken(ctx, &tg.AuthExportLoginTokenRequest{
		APIID: int(c.params.APIID), APIHash: c.params.APIHash, ExceptIDs: c.auth.login.Others,
	})
	if err != nil {
		return err
	}
	return c.onToken(ctx, token)
}

// onToken shows a token, or goes on after another device has accepted it.
func (c *Client) onToken(ctx context.Context, class tg.AuthLoginTokenClass) error {
	l := &c.auth.login
	switch token := class.(type) {
	case *tg.AuthLoginToken:
		expires := time.Unix(int64(token.Expires), 0).Add(-c.net.offset)
		l.retry = 0
		l.Token, l.TokenExpires = token.Token, expires.Unix()
		l.renewAt(c, expires)
		c.step(stepDevice)
	case *tg.AuthLoginTokenMigrateTo:
		return c.importToken(ctx, token)
	case *tg.AuthLoginTokenSuccess:
		return c.authorize(token.Authorization)
	}
	return nil
}

// importToken goes on in the data center of the account that has accepted the token.
func (c *Client) importToken(ctx context.Context, token *tg.AuthLoginTokenMigrateTo) error {
	if !c.api.knows(ctx, token.DCID) {
		return c.failure(errNoCenter())
	}
	var box tg.AuthLoginTokenBox
	err := c.api.call(ctx, c.net.center(c, token.DCID), &tg.AuthImportLoginTokenRequest{Token: token.Token}, &box)
	err = c.failure(err)
	if err == nil || needsPassword(err) {
		c.net.setMain(c, token.DCID)
	}
	if err != nil {
		return err
	}
	return c.onToken(ctx, box.LoginToken)
}

// renewAt asks for another token when the one that is shown expires.
func (l *login) renewAt(c *Client, when time.Time) {
	if l.renew != nil {
		l.renew.Stop()
	}
	l.renew = time.AfterFunc(max(time.Until(when), time.Second), func() { c.background(c.renewToken) })
}

const maxTokenRetry = time.Minute

// renewToken asks for another token, unless the login has gone on meanwhile.
func (c *Client) renewToken(ctx context.Context) {
	l := &c.auth.login
	if l.Step != stepDevice || c.auth.ready() {
		return
	}
	if l.pending != 0 {
		l.renewAt(c, time.Now().Add(time.Second))
		return
	}
	_, err := c.authorization(ctx, c.exportToken)
	if err != nil && ctx.Err() == nil && l.Step == stepDevice && l.pending == 0 {
		c.log.Printf(2, "Can't get another login token: %v", err)
		l.retry = min(max(2*l.retry, time.Second), maxTokenRetry)
		l.renewAt(c, time.Now().Add(l.retry))
	}
}

// getAuthenticationPasskeyParameters answers what a passkey has to sign, as JSON.
func (c *Client) getAuthenticationPasskeyParameters(ctx context.Context, _ *types.GetAuthenticationPasskeyParameters) (*types.Text, error) {
	options, err := c.api.tg.AuthInitPasskeyLogin(ctx, &tg.AuthInitPasskeyLoginRequest{APIID: int(c.params.APIID), APIHash: c.params.APIHash})
	if err != nil {
		return nil, err
	}
	c.auth.login.passDC, c.auth.login.passKey = c.net.main, c.net.mainCenter(c).key.IntID()
	return &types.Text{Text: options.Options.Data}, nil
}

// checkAuthenticationPasskey logs in with a passkey.
func (c *Client) checkAuthenticationPasskey(ctx context.Context, f *types.CheckAuthenticationPasskey) (*types.Ok, error) {
	user := string(f.UserHandle)
	if err := cleanInputs(&f.CredentialID, &f.ClientData, &user); err != nil {
		return nil, err
	}
	l := &c.auth.login
	_, device := c.auth.state.(*types.AuthorizationStateWaitOtherDeviceConfirmation)
	switch {
	case !device && !c.auth.mayBegin():
		return nil, unexpected("checkAuthenticationPasskey")
	case l.byToken:
		return nil, errTokenBegun("request passkey authentication")
	}
	l.asked, l.passkey = "", true
	request := &tg.AuthFinishPasskeyLoginRequest{Credential: &tg.InputPasskeyCredentialPublicKey{
		ID: f.CredentialID, RawID: f.CredentialID, Response: &tg.InputPasskeyResponseLogin{
			ClientData: tg.DataJSON{Data: f.ClientData}, AuthenticatorData: f.AuthenticatorData, Signature: f.Signature, UserHandle: user,
		},
	}}
	if l.passDC != 0 {
		request.SetFromDCID(l.passDC)
		request.SetFromAuthKeyID(l.passKey)
	}
	return c.authorization(ctx, func(ctx context.Context) error {
		result, err := c.api.tg.AuthFinishPasskeyLogin(ctx, request)
		if err != nil {
			return err
		}
		return c.authorize(result)
	})
}

// maxDC is the greatest number of a data center that TDLib takes.
const maxDC = 1000

// checkAuthenticationWebToken logs in with a token of Telegram's site.
func (c *Client) checkAuthenticationWebToken(ctx context.Context, f *types.CheckAuthenticationWebToken) (*types.Ok, error) {
	if err := cleanInputs(&f.Token); err != nil {
		return nil, err
	}
	switch c.auth.state.(type) {
	case *types.AuthorizationStateWaitPhoneNumber, *types.AuthorizationStateWaitOtherDeviceConfirmation:
	default:
		return nil, unexpected("checkAuthenticationWebToken")
	}
	switch {
	case f.DCID < 1, f.DCID > maxDC:
		return nil, types.NewError(400, "Invalid DC identifier specified")
	case c.auth.login.byToken:
		return nil, errTokenBegun("request web token authentication")
	case len(c.net.servers.addrs[int(f.DCID)]) == 0:
		return nil, types.NewError(400, "Invalid DC identifier specified")
	}
	c.auth.login.asked, c.auth.login.passkey, c.auth.login.byQR = "", false, false
	return c.authorization(ctx, func(ctx context.Context) error {
		var box tg.AuthAuthorizationBox
		err := c.api.call(ctx, c.net.center(c, int(f.DCID)), &tg.AuthImportWebTokenAuthorizationRequest{
			APIID: int(c.params.APIID), APIHash: c.params.APIHash, WebAuthToken: f.Token,
		}, &box)
		if err != nil {
			return c.failure(err)
		}
		c.net.setMain(c, int(f.DCID))
		return c.authorize(box.Authorization)
	})
}

// purchasePurpose says that something is paid for the code.
func (l *login) purchasePurpose(restore bool, days int32, currency string, amount int64) tg.InputStorePaymentPurposeClass {
	return &tg.InputStorePaymentAuthCode{
		Restore: restore, PhoneNumber: l.Phone, PhoneCodeHash: l.Hash, PremiumDays: int(days), Currency: currency, Amount: amount,
	}
}

// checkAuthenticationPremiumPurchase asks whether the server would take the purchase that it wants before it sends a code.
func (c *Client) checkAuthenticationPremiumPurchase(ctx context.Context, f *types.CheckAuthenticationPremiumPurchase) (*types.Ok, error) {
	if err := cleanInputs(&f.Currency); err != nil {
		return nil, err
	}
	if _, ok := c.auth.state.(*types.AuthorizationStateWaitPremiumPurchase); !ok {
		return nil, unexpected("checkAuthenticationPremiumPurchase")
	}
	return c.authorization(ctx, func(ctx context.Context) error {
		can, err := c.api.tg.PaymentsCanPurchaseStore(ctx, c.auth.login.purchasePurpose(false, f.PremiumDayCount, f.Currency, f.Amount))
		if err != nil {
			return err
		}
		if !can {
			return types.NewError(400, "Premium can't be purchased")
		}
		return nil
	})
}

// setAuthenticationPremiumPurchaseTransaction tells the server of the purchase that it wants before it sends a code.
func (c *Client) setAuthenticationPremiumPurchaseTransaction(ctx context.Context, f *types.SetAuthenticationPremiumPurchaseTransaction) (*types.Ok, error) {
	if _, ok := c.auth.state.(*types.AuthorizationStateWaitPremiumPurchase); !ok {
		return nil, unexpected("checkAuthenticationPremiumPurchase") // TDLib names the other function
	}
	purpose := c.auth.login.purchasePurpose(f.IsRestore, f.PremiumDayCount, f.Currency, f.Amount)
	var assign func(ctx context.Context) (tg.UpdatesClass, error)
	switch t := f.Transaction.(type) {
	case *types.StoreTransactionAppStore:
		assign = func(ctx context.Context) (tg.UpdatesClass, error) {
			return c.api.tg.PaymentsAssignAppStoreTransaction(ctx, &tg.PaymentsAssignAppStoreTransactionRequest{Receipt: t.Receipt, Purpose: purpose})
		}
	case *types.StoreTransactionGooglePlay:
		if err := cleanInputs(&t.PackageName, &t.StoreProductID, &t.PurchaseToken); err != nil {
			return nil, err
		}
		receipt, err := json.Marshal(struct {
			Package string `json:"packageName"`
			Token   string `json:"purchaseToken"`
			Product string `json:"productId"`
		}{t.PackageName, t.PurchaseToken, t.StoreProductID})
		if err != nil {
			return nil, err
		}
		assign = func(ctx context.Context) (tg.UpdatesClass, error) {
			return c.api.tg.PaymentsAssignPlayMarketTransaction(ctx, &tg.PaymentsAssignPlayMarketTransactionRequest{
				Receipt: tg.DataJSON{Data: string(receipt)}, Purpose: purpose,
			})
		}
	default:
		return nil, types.NewError(400, "Transaction must be non-empty")
	}
	return c.authorization(ctx, func(ctx context.Context) error {
		updates, err := assign(ctx)
		if err != nil {
			return err
		}
		c.onLoginUpdate(updates)
		if c.auth.login.Step == stepPurchase {
			return types.NewError(500, "Failed to get sent code")
		}
		return nil
	})
}

// deleteAccount deletes the account, also that of who does not know its password.
func (c *Client) deleteAccount(ctx context.Context, f *types.DeleteAccount) (*types.Ok, error) {
	if err := cleanInputs(&f.Reason); err != nil {
		return nil, err
	}
	if c.auth.bot {
		return nil, types.NewError(400, "The method is not available to bots")
	}
	_, password := c.auth.state.(*types.AuthorizationStateWaitPassword)
	if !password && !c.auth.ready() {
		return nil, types.NewError(400, "Need to log in first")
	}
	request := &tg.AccountDeleteAccountRequest{Reason: f.Reason}
	return c.authorization(ctx, func(ctx context.Context) error {
		if f.Password != "" && !password {
			proof, err := c.provePassword(ctx, f.Password)
			if err != nil {
				return err
			}
			request.SetPassword(proof)
		}
		var e *types.Error
		_, err := c.api.tg.AccountDeleteAccount(ctx, request)
		if err != nil && !(errors.As(err, &e) && e.Message == "USER_DEACTIVATED") { // it is deleted already
			return err
		}
		c.auth.set(c, &types.AuthorizationStateLoggingOut{})
		c.background(func(ctx context.Context) { c.leave(ctx, leaveDestroy) })
		return nil
	})
}
