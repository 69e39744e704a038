package compat

// needed are the fields without which an object means nothing: if an older version can't tell one, it is not told the object.
var needed = map[string]string{
	"textEntity":                    "type",
	"chatPosition":                  "list",
	"availableReaction":             "type",
	"messageReaction":               "type",
	"unreadReaction":                "type",
	"storyArea":                     "type",
	"chatEvent":                     "action",
	"updateAuthorizationState":      "authorization_state",
	"updateChatAction":              "action",
	"updateUserPrivacySettingRules": "setting",
}

// instead are what stands for a constructor of the class that an older version does not know, besides those whose names end in
// Unsupported or Unknown.
var instead = map[string]string{
	"AuthenticationCodeType": "authenticationCodeTypeSms",
	"CallDiscardReason":      "callDiscardReasonEmpty",
	"ConnectionState":        "connectionStateConnecting",
	"InternalLinkType":       "internalLinkTypeUnknownDeepLink",
	"KeyboardButtonType":     "keyboardButtonTypeText",
	"LoginUrlInfo":           "loginUrlInfoOpen",
	"MessageContent":         "messageUnsupported",
	"OptionValue":            "optionValueEmpty",
	"PaymentProvider":        "paymentProviderOther",
	"PushMessageContent":     "pushMessageContentHidden",
	"ReportSponsoredResult":  "reportSponsoredResultFailed",
	"ResetPasswordResult":    "resetPasswordResultDeclined",
	"UserStatus":             "userStatusEmpty",
}
