package testdc

import "github.com/gotd/td/tg"

// register makes the table of methods, and says which of them ask for no login.
func (s *Server) register() (*tg.ServerDispatcher, map[string]bool) {
	d := tg.NewServerDispatcher(s.unknown)
	s.registerConfig(d)
	s.registerAuth(d)
	s.registerAuthorizations(d)
	s.registerWebsites(d)
	s.registerTransfer(d)
	s.registerPassword(d)
	s.registerRecovery(d)
	s.registerEmail(d)
	s.registerOtherLogins(d)
	s.registerQR(d)
	s.registerBots(d)
	s.registerUsers(d)
	s.registerProfile(d)
	s.registerContacts(d)
	s.registerUsernames(d)
	s.registerDialogs(d)
	s.registerFolders(d)
	s.registerNotify(d)
	s.registerChats(d)
	s.registerChatEdit(d)
	s.registerChannels(d)
	s.registerMembers(d)
	s.registerInvites(d)
	s.registerJoinRequests(d)
	s.registerSend(d)
	s.registerHistory(d)
	s.registerSavedMessages(d)
	s.registerChange(d)
	s.registerRead(d)
	s.registerReactions(d)
	s.registerMedia(d)
	s.registerCountries(d)
	s.registerEmojis(d)
	s.registerFiles(d)
	s.registerBotChats(d)
	s.registerUpdates(d)
	s.registerControl(d)
	s.registerEmpty(d)
	open := make(map[string]bool)
	for _, name := range []string{
		"auth.sendCode", "auth.resendCode", "auth.cancelCode", "auth.signIn", "auth.signUp", "auth.importAuthorization",
		"auth.bindTempAuthKey", "auth.dropTempAuthKeys", "auth.checkPassword", "auth.requestPasswordRecovery", "account.getPassword", "account.deleteAccount",
		"auth.requestFirebaseSms", "auth.reportMissingCode", "auth.resetLoginEmail", "auth.checkRecoveryPassword", "auth.recoverPassword",
		"account.sendVerifyEmailCode", "account.verifyEmail", "auth.initPasskeyLogin", "auth.finishPasskeyLogin",
		"auth.importWebTokenAuthorization", "payments.canPurchaseStore", "payments.assignAppStoreTransaction",
		"payments.assignPlayMarketTransaction",
		"auth.exportLoginToken", "auth.importLoginToken", "auth.importBotAuthorization",
		"help.getConfig", "help.getNearestDc", "help.getAppConfig", "help.getCdnConfig", "help.getCountriesList", "help.saveAppLog",
		"langpack.getLangPack", "langpack.getDifference", "langpack.getStrings", "langpack.getLanguages", "langpack.getLanguage",
	} {
		open[name] = true
	}
	return d, open
}
