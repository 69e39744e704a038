package td

import (
	"context"

	"tdjson/types"
)

// Functions that are not there yet, in the schema's order. To add one, write the method in the file of its subject and delete
// its line here.

func (*Client) getUser(context.Context, *types.GetUser) (*types.User, error) {
	return nil, notImplemented("getUser")
}
func (*Client) getUserFullInfo(context.Context, *types.GetUserFullInfo) (*types.UserFullInfo, error) {
	return nil, notImplemented("getUserFullInfo")
}
func (*Client) getBasicGroup(context.Context, *types.GetBasicGroup) (*types.BasicGroup, error) {
	return nil, notImplemented("getBasicGroup")
}
func (*Client) getBasicGroupFullInfo(context.Context, *types.GetBasicGroupFullInfo) (*types.BasicGroupFullInfo, error) {
	return nil, notImplemented("getBasicGroupFullInfo")
}
func (*Client) getSupergroup(context.Context, *types.GetSupergroup) (*types.Supergroup, error) {
	return nil, notImplemented("getSupergroup")
}
func (*Client) getSupergroupFullInfo(context.Context, *types.GetSupergroupFullInfo) (*types.SupergroupFullInfo, error) {
	return nil, notImplemented("getSupergroupFullInfo")
}
func (*Client) getSecretChat(context.Context, *types.GetSecretChat) (*types.SecretChat, error) {
	return nil, notImplemented("getSecretChat")
}
func (*Client) getChat(context.Context, *types.GetChat) (*types.Chat, error) {
	return nil, notImplemented("getChat")
}
func (*Client) getMessage(context.Context, *types.GetMessage) (*types.Message, error) {
	return nil, notImplemented("getMessage")
}
func (*Client) getMessageLocally(context.Context, *types.GetMessageLocally) (*types.Message, error) {
	return nil, notImplemented("getMessageLocally")
}
func (*Client) getRepliedMessage(context.Context, *types.GetRepliedMessage) (*types.Message, error) {
	return nil, notImplemented("getRepliedMessage")
}
func (*Client) getChatPinnedMessage(context.Context, *types.GetChatPinnedMessage) (*types.Message, error) {
	return nil, notImplemented("getChatPinnedMessage")
}
func (*Client) getCallbackQueryMessage(context.Context, *types.GetCallbackQueryMessage) (*types.Message, error) {
	return nil, notImplemented("getCallbackQueryMessage")
}
func (*Client) getMessages(context.Context, *types.GetMessages) (*types.Messages, error) {
	return nil, notImplemented("getMessages")
}
func (*Client) getFullRichMessage(context.Context, *types.GetFullRichMessage) (*types.RichMessage, error) {
	return nil, notImplemented("getFullRichMessage")
}
func (*Client) getMessageProperties(context.Context, *types.GetMessageProperties) (*types.MessageProperties, error) {
	return nil, notImplemented("getMessageProperties")
}
func (*Client) getPollOptionProperties(context.Context, *types.GetPollOptionProperties) (*types.PollOptionProperties, error) {
	return nil, notImplemented("getPollOptionProperties")
}
func (*Client) getMessageThread(context.Context, *types.GetMessageThread) (*types.MessageThreadInfo, error) {
	return nil, notImplemented("getMessageThread")
}
func (*Client) getMessageReadDate(context.Context, *types.GetMessageReadDate) (types.MessageReadDate, error) {
	return nil, notImplemented("getMessageReadDate")
}
func (*Client) getMessageViewers(context.Context, *types.GetMessageViewers) (*types.MessageViewers, error) {
	return nil, notImplemented("getMessageViewers")
}
func (*Client) getMessageAuthor(context.Context, *types.GetMessageAuthor) (*types.User, error) {
	return nil, notImplemented("getMessageAuthor")
}
func (*Client) getFile(context.Context, *types.GetFile) (*types.File, error) {
	return nil, notImplemented("getFile")
}
func (*Client) getRemoteFile(context.Context, *types.GetRemoteFile) (*types.File, error) {
	return nil, notImplemented("getRemoteFile")
}
func (*Client) loadChats(context.Context, *types.LoadChats) (*types.Ok, error) {
	return nil, notImplemented("loadChats")
}
func (*Client) getChats(context.Context, *types.GetChats) (*types.Chats, error) {
	return nil, notImplemented("getChats")
}
func (*Client) searchPublicChat(context.Context, *types.SearchPublicChat) (*types.Chat, error) {
	return nil, notImplemented("searchPublicChat")
}
func (*Client) searchPublicChats(context.Context, *types.SearchPublicChats) (*types.Chats, error) {
	return nil, notImplemented("searchPublicChats")
}
func (*Client) searchChats(context.Context, *types.SearchChats) (*types.Chats, error) {
	return nil, notImplemented("searchChats")
}
func (*Client) searchChatsOnServer(context.Context, *types.SearchChatsOnServer) (*types.Chats, error) {
	return nil, notImplemented("searchChatsOnServer")
}
func (*Client) getRecommendedChats(context.Context, *types.GetRecommendedChats) (*types.Chats, error) {
	return nil, notImplemented("getRecommendedChats")
}
func (*Client) getChatSimilarChats(context.Context, *types.GetChatSimilarChats) (*types.Chats, error) {
	return nil, notImplemented("getChatSimilarChats")
}
func (*Client) getChatSimilarChatCount(context.Context, *types.GetChatSimilarChatCount) (*types.Count, error) {
	return nil, notImplemented("getChatSimilarChatCount")
}
func (*Client) openChatSimilarChat(context.Context, *types.OpenChatSimilarChat) (*types.Ok, error) {
	return nil, notImplemented("openChatSimilarChat")
}
func (*Client) getBotSimilarBots(context.Context, *types.GetBotSimilarBots) (*types.Users, error) {
	return nil, notImplemented("getBotSimilarBots")
}
func (*Client) getBotSimilarBotCount(context.Context, *types.GetBotSimilarBotCount) (*types.Count, error) {
	return nil, notImplemented("getBotSimilarBotCount")
}
func (*Client) openBotSimilarBot(context.Context, *types.OpenBotSimilarBot) (*types.Ok, error) {
	return nil, notImplemented("openBotSimilarBot")
}
func (*Client) getTopChats(context.Context, *types.GetTopChats) (*types.Chats, error) {
	return nil, notImplemented("getTopChats")
}
func (*Client) removeTopChat(context.Context, *types.RemoveTopChat) (*types.Ok, error) {
	return nil, notImplemented("removeTopChat")
}
func (*Client) searchRecentlyFoundChats(context.Context, *types.SearchRecentlyFoundChats) (*types.Chats, error) {
	return nil, notImplemented("searchRecentlyFoundChats")
}
func (*Client) addRecentlyFoundChat(context.Context, *types.AddRecentlyFoundChat) (*types.Ok, error) {
	return nil, notImplemented("addRecentlyFoundChat")
}
func (*Client) removeRecentlyFoundChat(context.Context, *types.RemoveRecentlyFoundChat) (*types.Ok, error) {
	return nil, notImplemented("removeRecentlyFoundChat")
}
func (*Client) clearRecentlyFoundChats(context.Context, *types.ClearRecentlyFoundChats) (*types.Ok, error) {
	return nil, notImplemented("clearRecentlyFoundChats")
}
func (*Client) getRecentlyOpenedChats(context.Context, *types.GetRecentlyOpenedChats) (*types.Chats, error) {
	return nil, notImplemented("getRecentlyOpenedChats")
}
func (*Client) checkChatUsername(context.Context, *types.CheckChatUsername) (types.CheckChatUsernameResult, error) {
	return nil, notImplemented("checkChatUsername")
}
func (*Client) getCreatedPublicChats(context.Context, *types.GetCreatedPublicChats) (*types.Chats, error) {
	return nil, notImplemented("getCreatedPublicChats")
}
func (*Client) checkCreatedPublicChatsLimit(context.Context, *types.CheckCreatedPublicChatsLimit) (*types.Ok, error) {
	return nil, notImplemented("checkCreatedPublicChatsLimit")
}
func (*Client) getSuitableDiscussionChats(context.Context, *types.GetSuitableDiscussionChats) (*types.Chats, error) {
	return nil, notImplemented("getSuitableDiscussionChats")
}
func (*Client) getInactiveSupergroupChats(context.Context, *types.GetInactiveSupergroupChats) (*types.Chats, error) {
	return nil, notImplemented("getInactiveSupergroupChats")
}
func (*Client) getSuitablePersonalChats(context.Context, *types.GetSuitablePersonalChats) (*types.Chats, error) {
	return nil, notImplemented("getSuitablePersonalChats")
}
func (*Client) loadDirectMessagesChatTopics(context.Context, *types.LoadDirectMessagesChatTopics) (*types.Ok, error) {
	return nil, notImplemented("loadDirectMessagesChatTopics")
}
func (*Client) getDirectMessagesChatTopic(context.Context, *types.GetDirectMessagesChatTopic) (*types.DirectMessagesChatTopic, error) {
	return nil, notImplemented("getDirectMessagesChatTopic")
}
func (*Client) getDirectMessagesChatTopicHistory(context.Context, *types.GetDirectMessagesChatTopicHistory) (*types.Messages, error) {
	return nil, notImplemented("getDirectMessagesChatTopicHistory")
}
func (*Client) getDirectMessagesChatTopicMessageByDate(context.Context, *types.GetDirectMessagesChatTopicMessageByDate) (*types.Message, error) {
	return nil, notImplemented("getDirectMessagesChatTopicMessageByDate")
}
func (*Client) deleteDirectMessagesChatTopicHistory(context.Context, *types.DeleteDirectMessagesChatTopicHistory) (*types.Ok, error) {
	return nil, notImplemented("deleteDirectMessagesChatTopicHistory")
}
func (*Client) deleteDirectMessagesChatTopicMessagesByDate(context.Context, *types.DeleteDirectMessagesChatTopicMessagesByDate) (*types.Ok, error) {
	return nil, notImplemented("deleteDirectMessagesChatTopicMessagesByDate")
}
func (*Client) setDirectMessagesChatTopicIsMarkedAsUnread(context.Context, *types.SetDirectMessagesChatTopicIsMarkedAsUnread) (*types.Ok, error) {
	return nil, notImplemented("setDirectMessagesChatTopicIsMarkedAsUnread")
}
func (*Client) unpinAllDirectMessagesChatTopicMessages(context.Context, *types.UnpinAllDirectMessagesChatTopicMessages) (*types.Ok, error) {
	return nil, notImplemented("unpinAllDirectMessagesChatTopicMessages")
}
func (*Client) readAllDirectMessagesChatTopicReactions(context.Context, *types.ReadAllDirectMessagesChatTopicReactions) (*types.Ok, error) {
	return nil, notImplemented("readAllDirectMessagesChatTopicReactions")
}
func (*Client) getDirectMessagesChatTopicRevenue(context.Context, *types.GetDirectMessagesChatTopicRevenue) (*types.StarCount, error) {
	return nil, notImplemented("getDirectMessagesChatTopicRevenue")
}
func (*Client) toggleDirectMessagesChatTopicCanSendUnpaidMessages(context.Context, *types.ToggleDirectMessagesChatTopicCanSendUnpaidMessages) (*types.Ok, error) {
	return nil, notImplemented("toggleDirectMessagesChatTopicCanSendUnpaidMessages")
}
func (*Client) loadSavedMessagesTopics(context.Context, *types.LoadSavedMessagesTopics) (*types.Ok, error) {
	return nil, notImplemented("loadSavedMessagesTopics")
}
func (*Client) getSavedMessagesTopicHistory(context.Context, *types.GetSavedMessagesTopicHistory) (*types.Messages, error) {
	return nil, notImplemented("getSavedMessagesTopicHistory")
}
func (*Client) getSavedMessagesTopicMessageByDate(context.Context, *types.GetSavedMessagesTopicMessageByDate) (*types.Message, error) {
	return nil, notImplemented("getSavedMessagesTopicMessageByDate")
}
func (*Client) deleteSavedMessagesTopicHistory(context.Context, *types.DeleteSavedMessagesTopicHistory) (*types.Ok, error) {
	return nil, notImplemented("deleteSavedMessagesTopicHistory")
}
func (*Client) deleteSavedMessagesTopicMessagesByDate(context.Context, *types.DeleteSavedMessagesTopicMessagesByDate) (*types.Ok, error) {
	return nil, notImplemented("deleteSavedMessagesTopicMessagesByDate")
}
func (*Client) toggleSavedMessagesTopicIsPinned(context.Context, *types.ToggleSavedMessagesTopicIsPinned) (*types.Ok, error) {
	return nil, notImplemented("toggleSavedMessagesTopicIsPinned")
}
func (*Client) setPinnedSavedMessagesTopics(context.Context, *types.SetPinnedSavedMessagesTopics) (*types.Ok, error) {
	return nil, notImplemented("setPinnedSavedMessagesTopics")
}
func (*Client) getGroupsInCommon(context.Context, *types.GetGroupsInCommon) (*types.Chats, error) {
	return nil, notImplemented("getGroupsInCommon")
}
func (*Client) getChatHistory(context.Context, *types.GetChatHistory) (*types.Messages, error) {
	return nil, notImplemented("getChatHistory")
}
func (*Client) getMessageThreadHistory(context.Context, *types.GetMessageThreadHistory) (*types.Messages, error) {
	return nil, notImplemented("getMessageThreadHistory")
}
func (*Client) deleteChatHistory(context.Context, *types.DeleteChatHistory) (*types.Ok, error) {
	return nil, notImplemented("deleteChatHistory")
}
func (*Client) deleteChat(context.Context, *types.DeleteChat) (*types.Ok, error) {
	return nil, notImplemented("deleteChat")
}
func (*Client) searchChatMessages(context.Context, *types.SearchChatMessages) (*types.FoundChatMessages, error) {
	return nil, notImplemented("searchChatMessages")
}
func (*Client) searchMessages(context.Context, *types.SearchMessages) (*types.FoundMessages, error) {
	return nil, notImplemented("searchMessages")
}
func (*Client) searchSecretMessages(context.Context, *types.SearchSecretMessages) (*types.FoundMessages, error) {
	return nil, notImplemented("searchSecretMessages")
}
func (*Client) searchSavedMessages(context.Context, *types.SearchSavedMessages) (*types.FoundChatMessages, error) {
	return nil, notImplemented("searchSavedMessages")
}
func (*Client) searchCallMessages(context.Context, *types.SearchCallMessages) (*types.FoundMessages, error) {
	return nil, notImplemented("searchCallMessages")
}
func (*Client) searchOutgoingDocumentMessages(context.Context, *types.SearchOutgoingDocumentMessages) (*types.FoundMessages, error) {
	return nil, notImplemented("searchOutgoingDocumentMessages")
}
func (*Client) getPublicPostSearchLimits(context.Context, *types.GetPublicPostSearchLimits) (*types.PublicPostSearchLimits, error) {
	return nil, notImplemented("getPublicPostSearchLimits")
}
func (*Client) searchPublicPosts(context.Context, *types.SearchPublicPosts) (*types.FoundPublicPosts, error) {
	return nil, notImplemented("searchPublicPosts")
}
func (*Client) searchPublicMessagesByTag(context.Context, *types.SearchPublicMessagesByTag) (*types.FoundMessages, error) {
	return nil, notImplemented("searchPublicMessagesByTag")
}
func (*Client) searchPublicStoriesByTag(context.Context, *types.SearchPublicStoriesByTag) (*types.FoundStories, error) {
	return nil, notImplemented("searchPublicStoriesByTag")
}
func (*Client) searchPublicStoriesByLocation(context.Context, *types.SearchPublicStoriesByLocation) (*types.FoundStories, error) {
	return nil, notImplemented("searchPublicStoriesByLocation")
}
func (*Client) searchPublicStoriesByVenue(context.Context, *types.SearchPublicStoriesByVenue) (*types.FoundStories, error) {
	return nil, notImplemented("searchPublicStoriesByVenue")
}
func (*Client) getSearchedForTags(context.Context, *types.GetSearchedForTags) (*types.Hashtags, error) {
	return nil, notImplemented("getSearchedForTags")
}
func (*Client) removeSearchedForTag(context.Context, *types.RemoveSearchedForTag) (*types.Ok, error) {
	return nil, notImplemented("removeSearchedForTag")
}
func (*Client) clearSearchedForTags(context.Context, *types.ClearSearchedForTags) (*types.Ok, error) {
	return nil, notImplemented("clearSearchedForTags")
}
func (*Client) deleteAllCallMessages(context.Context, *types.DeleteAllCallMessages) (*types.Ok, error) {
	return nil, notImplemented("deleteAllCallMessages")
}
func (*Client) searchChatRecentLocationMessages(context.Context, *types.SearchChatRecentLocationMessages) (*types.Messages, error) {
	return nil, notImplemented("searchChatRecentLocationMessages")
}
func (*Client) getChatMessageByDate(context.Context, *types.GetChatMessageByDate) (*types.Message, error) {
	return nil, notImplemented("getChatMessageByDate")
}
func (*Client) getChatSparseMessagePositions(context.Context, *types.GetChatSparseMessagePositions) (*types.MessagePositions, error) {
	return nil, notImplemented("getChatSparseMessagePositions")
}
func (*Client) getChatMessageCalendar(context.Context, *types.GetChatMessageCalendar) (*types.MessageCalendar, error) {
	return nil, notImplemented("getChatMessageCalendar")
}
func (*Client) getChatMessageCount(context.Context, *types.GetChatMessageCount) (*types.Count, error) {
	return nil, notImplemented("getChatMessageCount")
}
func (*Client) getChatMessagePosition(context.Context, *types.GetChatMessagePosition) (*types.Count, error) {
	return nil, notImplemented("getChatMessagePosition")
}
func (*Client) getChatScheduledMessages(context.Context, *types.GetChatScheduledMessages) (*types.Messages, error) {
	return nil, notImplemented("getChatScheduledMessages")
}
func (*Client) getChatSponsoredMessages(context.Context, *types.GetChatSponsoredMessages) (*types.SponsoredMessages, error) {
	return nil, notImplemented("getChatSponsoredMessages")
}
func (*Client) clickChatSponsoredMessage(context.Context, *types.ClickChatSponsoredMessage) (*types.Ok, error) {
	return nil, notImplemented("clickChatSponsoredMessage")
}
func (*Client) reportChatSponsoredMessage(context.Context, *types.ReportChatSponsoredMessage) (types.ReportSponsoredResult, error) {
	return nil, notImplemented("reportChatSponsoredMessage")
}
func (*Client) getSearchSponsoredChats(context.Context, *types.GetSearchSponsoredChats) (*types.SponsoredChats, error) {
	return nil, notImplemented("getSearchSponsoredChats")
}
func (*Client) viewSponsoredChat(context.Context, *types.ViewSponsoredChat) (*types.Ok, error) {
	return nil, notImplemented("viewSponsoredChat")
}
func (*Client) openSponsoredChat(context.Context, *types.OpenSponsoredChat) (*types.Ok, error) {
	return nil, notImplemented("openSponsoredChat")
}
func (*Client) reportSponsoredChat(context.Context, *types.ReportSponsoredChat) (types.ReportSponsoredResult, error) {
	return nil, notImplemented("reportSponsoredChat")
}
func (*Client) getVideoMessageAdvertisements(context.Context, *types.GetVideoMessageAdvertisements) (*types.VideoMessageAdvertisements, error) {
	return nil, notImplemented("getVideoMessageAdvertisements")
}
func (*Client) viewVideoMessageAdvertisement(context.Context, *types.ViewVideoMessageAdvertisement) (*types.Ok, error) {
	return nil, notImplemented("viewVideoMessageAdvertisement")
}
func (*Client) clickVideoMessageAdvertisement(context.Context, *types.ClickVideoMessageAdvertisement) (*types.Ok, error) {
	return nil, notImplemented("clickVideoMessageAdvertisement")
}
func (*Client) reportVideoMessageAdvertisement(context.Context, *types.ReportVideoMessageAdvertisement) (types.ReportSponsoredResult, error) {
	return nil, notImplemented("reportVideoMessageAdvertisement")
}
func (*Client) removeNotification(context.Context, *types.RemoveNotification) (*types.Ok, error) {
	return nil, notImplemented("removeNotification")
}
func (*Client) removeNotificationGroup(context.Context, *types.RemoveNotificationGroup) (*types.Ok, error) {
	return nil, notImplemented("removeNotificationGroup")
}
func (*Client) getMessageLink(context.Context, *types.GetMessageLink) (*types.MessageLink, error) {
	return nil, notImplemented("getMessageLink")
}
func (*Client) getMessageEmbeddingCode(context.Context, *types.GetMessageEmbeddingCode) (*types.Text, error) {
	return nil, notImplemented("getMessageEmbeddingCode")
}
func (*Client) getMessageLinkInfo(context.Context, *types.GetMessageLinkInfo) (*types.MessageLinkInfo, error) {
	return nil, notImplemented("getMessageLinkInfo")
}
func (*Client) createTextCompositionStyle(context.Context, *types.CreateTextCompositionStyle) (*types.TextCompositionStyle, error) {
	return nil, notImplemented("createTextCompositionStyle")
}
func (*Client) editTextCompositionStyle(context.Context, *types.EditTextCompositionStyle) (*types.TextCompositionStyle, error) {
	return nil, notImplemented("editTextCompositionStyle")
}
func (*Client) deleteTextCompositionStyle(context.Context, *types.DeleteTextCompositionStyle) (*types.Ok, error) {
	return nil, notImplemented("deleteTextCompositionStyle")
}
func (*Client) searchTextCompositionStyle(context.Context, *types.SearchTextCompositionStyle) (*types.TextCompositionStyle, error) {
	return nil, notImplemented("searchTextCompositionStyle")
}
func (*Client) getTextCompositionStyleExample(context.Context, *types.GetTextCompositionStyleExample) (*types.TextCompositionStyleExample, error) {
	return nil, notImplemented("getTextCompositionStyleExample")
}
func (*Client) addTextCompositionStyle(context.Context, *types.AddTextCompositionStyle) (*types.Ok, error) {
	return nil, notImplemented("addTextCompositionStyle")
}
func (*Client) removeTextCompositionStyle(context.Context, *types.RemoveTextCompositionStyle) (*types.Ok, error) {
	return nil, notImplemented("removeTextCompositionStyle")
}
func (*Client) translateText(context.Context, *types.TranslateText) (*types.FormattedText, error) {
	return nil, notImplemented("translateText")
}
func (*Client) translateMessageText(context.Context, *types.TranslateMessageText) (*types.FormattedText, error) {
	return nil, notImplemented("translateMessageText")
}
func (*Client) summarizeMessage(context.Context, *types.SummarizeMessage) (*types.FormattedText, error) {
	return nil, notImplemented("summarizeMessage")
}
func (*Client) composeTextWithAi(context.Context, *types.ComposeTextWithAi) (*types.FormattedText, error) {
	return nil, notImplemented("composeTextWithAi")
}
func (*Client) fixTextWithAi(context.Context, *types.FixTextWithAi) (*types.FixedText, error) {
	return nil, notImplemented("fixTextWithAi")
}
func (*Client) recognizeSpeech(context.Context, *types.RecognizeSpeech) (*types.Ok, error) {
	return nil, notImplemented("recognizeSpeech")
}
func (*Client) rateSpeechRecognition(context.Context, *types.RateSpeechRecognition) (*types.Ok, error) {
	return nil, notImplemented("rateSpeechRecognition")
}
func (*Client) getChatAvailableMessageSenders(context.Context, *types.GetChatAvailableMessageSenders) (*types.ChatMessageSenders, error) {
	return nil, notImplemented("getChatAvailableMessageSenders")
}
func (*Client) setChatMessageSender(context.Context, *types.SetChatMessageSender) (*types.Ok, error) {
	return nil, notImplemented("setChatMessageSender")
}
func (*Client) sendMessage(context.Context, *types.SendMessage) (*types.Message, error) {
	return nil, notImplemented("sendMessage")
}
func (*Client) sendMessageAlbum(context.Context, *types.SendMessageAlbum) (*types.Messages, error) {
	return nil, notImplemented("sendMessageAlbum")
}
func (*Client) sendBotStartMessage(context.Context, *types.SendBotStartMessage) (*types.Message, error) {
	return nil, notImplemented("sendBotStartMessage")
}
func (*Client) sendInlineQueryResultMessage(context.Context, *types.SendInlineQueryResultMessage) (*types.Message, error) {
	return nil, notImplemented("sendInlineQueryResultMessage")
}
func (*Client) forwardMessages(context.Context, *types.ForwardMessages) (*types.Messages, error) {
	return nil, notImplemented("forwardMessages")
}
func (*Client) sendQuickReplyShortcutMessages(context.Context, *types.SendQuickReplyShortcutMessages) (*types.Messages, error) {
	return nil, notImplemented("sendQuickReplyShortcutMessages")
}
func (*Client) resendMessages(context.Context, *types.ResendMessages) (*types.Messages, error) {
	return nil, notImplemented("resendMessages")
}
func (*Client) addLocalMessage(context.Context, *types.AddLocalMessage) (*types.Message, error) {
	return nil, notImplemented("addLocalMessage")
}
func (*Client) deleteMessages(context.Context, *types.DeleteMessages) (*types.Ok, error) {
	return nil, notImplemented("deleteMessages")
}
func (*Client) deleteChatMessagesBySender(context.Context, *types.DeleteChatMessagesBySender) (*types.Ok, error) {
	return nil, notImplemented("deleteChatMessagesBySender")
}
func (*Client) deleteChatMessagesByDate(context.Context, *types.DeleteChatMessagesByDate) (*types.Ok, error) {
	return nil, notImplemented("deleteChatMessagesByDate")
}
func (*Client) editMessageText(context.Context, *types.EditMessageText) (*types.Message, error) {
	return nil, notImplemented("editMessageText")
}
func (*Client) editMessageLiveLocation(context.Context, *types.EditMessageLiveLocation) (*types.Message, error) {
	return nil, notImplemented("editMessageLiveLocation")
}
func (*Client) editMessageChecklist(context.Context, *types.EditMessageChecklist) (*types.Message, error) {
	return nil, notImplemented("editMessageChecklist")
}
func (*Client) editMessageMedia(context.Context, *types.EditMessageMedia) (*types.Message, error) {
	return nil, notImplemented("editMessageMedia")
}
func (*Client) editMessageCaption(context.Context, *types.EditMessageCaption) (*types.Message, error) {
	return nil, notImplemented("editMessageCaption")
}
func (*Client) editMessageReplyMarkup(context.Context, *types.EditMessageReplyMarkup) (*types.Message, error) {
	return nil, notImplemented("editMessageReplyMarkup")
}
func (*Client) editInlineMessageText(context.Context, *types.EditInlineMessageText) (*types.Ok, error) {
	return nil, notImplemented("editInlineMessageText")
}
func (*Client) editInlineMessageLiveLocation(context.Context, *types.EditInlineMessageLiveLocation) (*types.Ok, error) {
	return nil, notImplemented("editInlineMessageLiveLocation")
}
func (*Client) editInlineMessageMedia(context.Context, *types.EditInlineMessageMedia) (*types.Ok, error) {
	return nil, notImplemented("editInlineMessageMedia")
}
func (*Client) editInlineMessageCaption(context.Context, *types.EditInlineMessageCaption) (*types.Ok, error) {
	return nil, notImplemented("editInlineMessageCaption")
}
func (*Client) editInlineMessageReplyMarkup(context.Context, *types.EditInlineMessageReplyMarkup) (*types.Ok, error) {
	return nil, notImplemented("editInlineMessageReplyMarkup")
}
func (*Client) editMessageSchedulingState(context.Context, *types.EditMessageSchedulingState) (*types.Ok, error) {
	return nil, notImplemented("editMessageSchedulingState")
}
func (*Client) setMessageFactCheck(context.Context, *types.SetMessageFactCheck) (*types.Ok, error) {
	return nil, notImplemented("setMessageFactCheck")
}
func (*Client) sendBusinessMessage(context.Context, *types.SendBusinessMessage) (*types.BusinessMessage, error) {
	return nil, notImplemented("sendBusinessMessage")
}
func (*Client) sendBusinessMessageAlbum(context.Context, *types.SendBusinessMessageAlbum) (*types.BusinessMessages, error) {
	return nil, notImplemented("sendBusinessMessageAlbum")
}
func (*Client) editBusinessMessageText(context.Context, *types.EditBusinessMessageText) (*types.BusinessMessage, error) {
	return nil, notImplemented("editBusinessMessageText")
}
func (*Client) editBusinessMessageLiveLocation(context.Context, *types.EditBusinessMessageLiveLocation) (*types.BusinessMessage, error) {
	return nil, notImplemented("editBusinessMessageLiveLocation")
}
func (*Client) editBusinessMessageChecklist(context.Context, *types.EditBusinessMessageChecklist) (*types.BusinessMessage, error) {
	return nil, notImplemented("editBusinessMessageChecklist")
}
func (*Client) editBusinessMessageMedia(context.Context, *types.EditBusinessMessageMedia) (*types.BusinessMessage, error) {
	return nil, notImplemented("editBusinessMessageMedia")
}
func (*Client) editBusinessMessageCaption(context.Context, *types.EditBusinessMessageCaption) (*types.BusinessMessage, error) {
	return nil, notImplemented("editBusinessMessageCaption")
}
func (*Client) editBusinessMessageReplyMarkup(context.Context, *types.EditBusinessMessageReplyMarkup) (*types.BusinessMessage, error) {
	return nil, notImplemented("editBusinessMessageReplyMarkup")
}
func (*Client) stopBusinessPoll(context.Context, *types.StopBusinessPoll) (*types.BusinessMessage, error) {
	return nil, notImplemented("stopBusinessPoll")
}
func (*Client) setBusinessMessageIsPinned(context.Context, *types.SetBusinessMessageIsPinned) (*types.Ok, error) {
	return nil, notImplemented("setBusinessMessageIsPinned")
}
func (*Client) readBusinessMessage(context.Context, *types.ReadBusinessMessage) (*types.Ok, error) {
	return nil, notImplemented("readBusinessMessage")
}
func (*Client) deleteBusinessMessages(context.Context, *types.DeleteBusinessMessages) (*types.Ok, error) {
	return nil, notImplemented("deleteBusinessMessages")
}
func (*Client) editBusinessStory(context.Context, *types.EditBusinessStory) (*types.Story, error) {
	return nil, notImplemented("editBusinessStory")
}
func (*Client) deleteBusinessStory(context.Context, *types.DeleteBusinessStory) (*types.Ok, error) {
	return nil, notImplemented("deleteBusinessStory")
}
func (*Client) setBusinessAccountName(context.Context, *types.SetBusinessAccountName) (*types.Ok, error) {
	return nil, notImplemented("setBusinessAccountName")
}
func (*Client) setBusinessAccountBio(context.Context, *types.SetBusinessAccountBio) (*types.Ok, error) {
	return nil, notImplemented("setBusinessAccountBio")
}
func (*Client) setBusinessAccountProfilePhoto(context.Context, *types.SetBusinessAccountProfilePhoto) (*types.Ok, error) {
	return nil, notImplemented("setBusinessAccountProfilePhoto")
}
func (*Client) setBusinessAccountUsername(context.Context, *types.SetBusinessAccountUsername) (*types.Ok, error) {
	return nil, notImplemented("setBusinessAccountUsername")
}
func (*Client) setBusinessAccountGiftSettings(context.Context, *types.SetBusinessAccountGiftSettings) (*types.Ok, error) {
	return nil, notImplemented("setBusinessAccountGiftSettings")
}
func (*Client) getBusinessAccountStarAmount(context.Context, *types.GetBusinessAccountStarAmount) (*types.StarAmount, error) {
	return nil, notImplemented("getBusinessAccountStarAmount")
}
func (*Client) transferBusinessAccountStars(context.Context, *types.TransferBusinessAccountStars) (*types.Ok, error) {
	return nil, notImplemented("transferBusinessAccountStars")
}
func (*Client) loadQuickReplyShortcuts(context.Context, *types.LoadQuickReplyShortcuts) (*types.Ok, error) {
	return nil, notImplemented("loadQuickReplyShortcuts")
}
func (*Client) setQuickReplyShortcutName(context.Context, *types.SetQuickReplyShortcutName) (*types.Ok, error) {
	return nil, notImplemented("setQuickReplyShortcutName")
}
func (*Client) deleteQuickReplyShortcut(context.Context, *types.DeleteQuickReplyShortcut) (*types.Ok, error) {
	return nil, notImplemented("deleteQuickReplyShortcut")
}
func (*Client) reorderQuickReplyShortcuts(context.Context, *types.ReorderQuickReplyShortcuts) (*types.Ok, error) {
	return nil, notImplemented("reorderQuickReplyShortcuts")
}
func (*Client) loadQuickReplyShortcutMessages(context.Context, *types.LoadQuickReplyShortcutMessages) (*types.Ok, error) {
	return nil, notImplemented("loadQuickReplyShortcutMessages")
}
func (*Client) deleteQuickReplyShortcutMessages(context.Context, *types.DeleteQuickReplyShortcutMessages) (*types.Ok, error) {
	return nil, notImplemented("deleteQuickReplyShortcutMessages")
}
func (*Client) addQuickReplyShortcutMessage(context.Context, *types.AddQuickReplyShortcutMessage) (*types.QuickReplyMessage, error) {
	return nil, notImplemented("addQuickReplyShortcutMessage")
}
func (*Client) addQuickReplyShortcutInlineQueryResultMessage(context.Context, *types.AddQuickReplyShortcutInlineQueryResultMessage) (*types.QuickReplyMessage, error) {
	return nil, notImplemented("addQuickReplyShortcutInlineQueryResultMessage")
}
func (*Client) addQuickReplyShortcutMessageAlbum(context.Context, *types.AddQuickReplyShortcutMessageAlbum) (*types.QuickReplyMessages, error) {
	return nil, notImplemented("addQuickReplyShortcutMessageAlbum")
}
func (*Client) readdQuickReplyShortcutMessages(context.Context, *types.ReaddQuickReplyShortcutMessages) (*types.QuickReplyMessages, error) {
	return nil, notImplemented("readdQuickReplyShortcutMessages")
}
func (*Client) editQuickReplyMessage(context.Context, *types.EditQuickReplyMessage) (*types.Ok, error) {
	return nil, notImplemented("editQuickReplyMessage")
}
func (*Client) getForumTopicDefaultIcons(context.Context, *types.GetForumTopicDefaultIcons) (*types.Stickers, error) {
	return nil, notImplemented("getForumTopicDefaultIcons")
}
func (*Client) createForumTopic(context.Context, *types.CreateForumTopic) (*types.ForumTopicInfo, error) {
	return nil, notImplemented("createForumTopic")
}
func (*Client) editForumTopic(context.Context, *types.EditForumTopic) (*types.Ok, error) {
	return nil, notImplemented("editForumTopic")
}
func (*Client) getForumTopic(context.Context, *types.GetForumTopic) (*types.ForumTopic, error) {
	return nil, notImplemented("getForumTopic")
}
func (*Client) getForumTopicHistory(context.Context, *types.GetForumTopicHistory) (*types.Messages, error) {
	return nil, notImplemented("getForumTopicHistory")
}
func (*Client) getForumTopicLink(context.Context, *types.GetForumTopicLink) (*types.MessageLink, error) {
	return nil, notImplemented("getForumTopicLink")
}
func (*Client) getForumTopics(context.Context, *types.GetForumTopics) (*types.ForumTopics, error) {
	return nil, notImplemented("getForumTopics")
}
func (*Client) setForumTopicNotificationSettings(context.Context, *types.SetForumTopicNotificationSettings) (*types.Ok, error) {
	return nil, notImplemented("setForumTopicNotificationSettings")
}
func (*Client) toggleForumTopicIsClosed(context.Context, *types.ToggleForumTopicIsClosed) (*types.Ok, error) {
	return nil, notImplemented("toggleForumTopicIsClosed")
}
func (*Client) toggleGeneralForumTopicIsHidden(context.Context, *types.ToggleGeneralForumTopicIsHidden) (*types.Ok, error) {
	return nil, notImplemented("toggleGeneralForumTopicIsHidden")
}
func (*Client) toggleForumTopicIsPinned(context.Context, *types.ToggleForumTopicIsPinned) (*types.Ok, error) {
	return nil, notImplemented("toggleForumTopicIsPinned")
}
func (*Client) setPinnedForumTopics(context.Context, *types.SetPinnedForumTopics) (*types.Ok, error) {
	return nil, notImplemented("setPinnedForumTopics")
}
func (*Client) deleteForumTopic(context.Context, *types.DeleteForumTopic) (*types.Ok, error) {
	return nil, notImplemented("deleteForumTopic")
}
func (*Client) readAllForumTopicMentions(context.Context, *types.ReadAllForumTopicMentions) (*types.Ok, error) {
	return nil, notImplemented("readAllForumTopicMentions")
}
func (*Client) readAllForumTopicReactions(context.Context, *types.ReadAllForumTopicReactions) (*types.Ok, error) {
	return nil, notImplemented("readAllForumTopicReactions")
}
func (*Client) readAllForumTopicPollVotes(context.Context, *types.ReadAllForumTopicPollVotes) (*types.Ok, error) {
	return nil, notImplemented("readAllForumTopicPollVotes")
}
func (*Client) unpinAllForumTopicMessages(context.Context, *types.UnpinAllForumTopicMessages) (*types.Ok, error) {
	return nil, notImplemented("unpinAllForumTopicMessages")
}
func (*Client) getPasskeyParameters(context.Context, *types.GetPasskeyParameters) (*types.Text, error) {
	return nil, notImplemented("getPasskeyParameters")
}
func (*Client) addLoginPasskey(context.Context, *types.AddLoginPasskey) (*types.Passkey, error) {
	return nil, notImplemented("addLoginPasskey")
}
func (*Client) getLoginPasskeys(context.Context, *types.GetLoginPasskeys) (*types.Passkeys, error) {
	return nil, notImplemented("getLoginPasskeys")
}
func (*Client) removeLoginPasskey(context.Context, *types.RemoveLoginPasskey) (*types.Ok, error) {
	return nil, notImplemented("removeLoginPasskey")
}
func (*Client) getEmojiReaction(context.Context, *types.GetEmojiReaction) (*types.EmojiReaction, error) {
	return nil, notImplemented("getEmojiReaction")
}
func (*Client) getCustomEmojiReactionAnimations(context.Context, *types.GetCustomEmojiReactionAnimations) (*types.Stickers, error) {
	return nil, notImplemented("getCustomEmojiReactionAnimations")
}
func (*Client) getMessageAvailableReactions(context.Context, *types.GetMessageAvailableReactions) (*types.AvailableReactions, error) {
	return nil, notImplemented("getMessageAvailableReactions")
}
func (*Client) clearRecentReactions(context.Context, *types.ClearRecentReactions) (*types.Ok, error) {
	return nil, notImplemented("clearRecentReactions")
}
func (*Client) addMessageReaction(context.Context, *types.AddMessageReaction) (*types.Ok, error) {
	return nil, notImplemented("addMessageReaction")
}
func (*Client) removeMessageReaction(context.Context, *types.RemoveMessageReaction) (*types.Ok, error) {
	return nil, notImplemented("removeMessageReaction")
}
func (*Client) deleteAllRecentMessageReactionsFromSender(context.Context, *types.DeleteAllRecentMessageReactionsFromSender) (*types.Ok, error) {
	return nil, notImplemented("deleteAllRecentMessageReactionsFromSender")
}
func (*Client) deleteMessageReactionsFromSender(context.Context, *types.DeleteMessageReactionsFromSender) (*types.Ok, error) {
	return nil, notImplemented("deleteMessageReactionsFromSender")
}
func (*Client) getChatAvailablePaidMessageReactionSenders(context.Context, *types.GetChatAvailablePaidMessageReactionSenders) (*types.MessageSenders, error) {
	return nil, notImplemented("getChatAvailablePaidMessageReactionSenders")
}
func (*Client) addPendingPaidMessageReaction(context.Context, *types.AddPendingPaidMessageReaction) (*types.Ok, error) {
	return nil, notImplemented("addPendingPaidMessageReaction")
}
func (*Client) commitPendingPaidMessageReactions(context.Context, *types.CommitPendingPaidMessageReactions) (*types.Ok, error) {
	return nil, notImplemented("commitPendingPaidMessageReactions")
}
func (*Client) removePendingPaidMessageReactions(context.Context, *types.RemovePendingPaidMessageReactions) (*types.Ok, error) {
	return nil, notImplemented("removePendingPaidMessageReactions")
}
func (*Client) setPaidMessageReactionType(context.Context, *types.SetPaidMessageReactionType) (*types.Ok, error) {
	return nil, notImplemented("setPaidMessageReactionType")
}
func (*Client) setMessageReactions(context.Context, *types.SetMessageReactions) (*types.Ok, error) {
	return nil, notImplemented("setMessageReactions")
}
func (*Client) getMessageAddedReactions(context.Context, *types.GetMessageAddedReactions) (*types.AddedReactions, error) {
	return nil, notImplemented("getMessageAddedReactions")
}
func (*Client) setDefaultReactionType(context.Context, *types.SetDefaultReactionType) (*types.Ok, error) {
	return nil, notImplemented("setDefaultReactionType")
}
func (*Client) getSavedMessagesTags(context.Context, *types.GetSavedMessagesTags) (*types.SavedMessagesTags, error) {
	return nil, notImplemented("getSavedMessagesTags")
}
func (*Client) setSavedMessagesTagLabel(context.Context, *types.SetSavedMessagesTagLabel) (*types.Ok, error) {
	return nil, notImplemented("setSavedMessagesTagLabel")
}
func (*Client) getMessageEffect(context.Context, *types.GetMessageEffect) (*types.MessageEffect, error) {
	return nil, notImplemented("getMessageEffect")
}
func (*Client) addPollOption(context.Context, *types.AddPollOption) (*types.Ok, error) {
	return nil, notImplemented("addPollOption")
}
func (*Client) deletePollOption(context.Context, *types.DeletePollOption) (*types.Ok, error) {
	return nil, notImplemented("deletePollOption")
}
func (*Client) setPollAnswer(context.Context, *types.SetPollAnswer) (*types.Ok, error) {
	return nil, notImplemented("setPollAnswer")
}
func (*Client) getPollVoters(context.Context, *types.GetPollVoters) (*types.PollVoters, error) {
	return nil, notImplemented("getPollVoters")
}
func (*Client) getPollVoteStatistics(context.Context, *types.GetPollVoteStatistics) (*types.PollVoteStatistics, error) {
	return nil, notImplemented("getPollVoteStatistics")
}
func (*Client) stopPoll(context.Context, *types.StopPoll) (*types.Ok, error) {
	return nil, notImplemented("stopPoll")
}
func (*Client) addChecklistTasks(context.Context, *types.AddChecklistTasks) (*types.Ok, error) {
	return nil, notImplemented("addChecklistTasks")
}
func (*Client) markChecklistTasksAsDone(context.Context, *types.MarkChecklistTasksAsDone) (*types.Ok, error) {
	return nil, notImplemented("markChecklistTasksAsDone")
}
func (*Client) hideSuggestedAction(context.Context, *types.HideSuggestedAction) (*types.Ok, error) {
	return nil, notImplemented("hideSuggestedAction")
}
func (*Client) hideContactCloseBirthdays(context.Context, *types.HideContactCloseBirthdays) (*types.Ok, error) {
	return nil, notImplemented("hideContactCloseBirthdays")
}
func (*Client) getBusinessConnection(context.Context, *types.GetBusinessConnection) (*types.BusinessConnection, error) {
	return nil, notImplemented("getBusinessConnection")
}
func (*Client) getLoginUrlInfo(context.Context, *types.GetLoginUrlInfo) (types.LoginUrlInfo, error) {
	return nil, notImplemented("getLoginUrlInfo")
}
func (*Client) getLoginUrl(context.Context, *types.GetLoginUrl) (*types.HttpUrl, error) {
	return nil, notImplemented("getLoginUrl")
}
func (*Client) shareUsersWithBot(context.Context, *types.ShareUsersWithBot) (*types.Ok, error) {
	return nil, notImplemented("shareUsersWithBot")
}
func (*Client) shareChatWithBot(context.Context, *types.ShareChatWithBot) (*types.Ok, error) {
	return nil, notImplemented("shareChatWithBot")
}
func (*Client) getInlineQueryResults(context.Context, *types.GetInlineQueryResults) (*types.InlineQueryResults, error) {
	return nil, notImplemented("getInlineQueryResults")
}
func (*Client) answerInlineQuery(context.Context, *types.AnswerInlineQuery) (*types.Ok, error) {
	return nil, notImplemented("answerInlineQuery")
}
func (*Client) answerGuestQuery(context.Context, *types.AnswerGuestQuery) (*types.InlineMessageId, error) {
	return nil, notImplemented("answerGuestQuery")
}
func (*Client) savePreparedInlineMessage(context.Context, *types.SavePreparedInlineMessage) (*types.PreparedInlineMessageId, error) {
	return nil, notImplemented("savePreparedInlineMessage")
}
func (*Client) getPreparedInlineMessage(context.Context, *types.GetPreparedInlineMessage) (*types.PreparedInlineMessage, error) {
	return nil, notImplemented("getPreparedInlineMessage")
}
func (*Client) savePreparedKeyboardButton(context.Context, *types.SavePreparedKeyboardButton) (*types.Text, error) {
	return nil, notImplemented("savePreparedKeyboardButton")
}
func (*Client) getPreparedKeyboardButton(context.Context, *types.GetPreparedKeyboardButton) (*types.KeyboardButton, error) {
	return nil, notImplemented("getPreparedKeyboardButton")
}
func (*Client) getGrossingWebAppBots(context.Context, *types.GetGrossingWebAppBots) (*types.FoundUsers, error) {
	return nil, notImplemented("getGrossingWebAppBots")
}
func (*Client) searchWebApp(context.Context, *types.SearchWebApp) (*types.FoundWebApp, error) {
	return nil, notImplemented("searchWebApp")
}
func (*Client) getWebAppPlaceholder(context.Context, *types.GetWebAppPlaceholder) (*types.Outline, error) {
	return nil, notImplemented("getWebAppPlaceholder")
}
func (*Client) getWebAppLinkUrl(context.Context, *types.GetWebAppLinkUrl) (*types.WebAppUrl, error) {
	return nil, notImplemented("getWebAppLinkUrl")
}
func (*Client) getMainWebApp(context.Context, *types.GetMainWebApp) (*types.MainWebApp, error) {
	return nil, notImplemented("getMainWebApp")
}
func (*Client) getWebAppUrl(context.Context, *types.GetWebAppUrl) (*types.WebAppUrl, error) {
	return nil, notImplemented("getWebAppUrl")
}
func (*Client) sendWebAppData(context.Context, *types.SendWebAppData) (*types.Ok, error) {
	return nil, notImplemented("sendWebAppData")
}
func (*Client) openWebApp(context.Context, *types.OpenWebApp) (*types.WebAppInfo, error) {
	return nil, notImplemented("openWebApp")
}
func (*Client) closeWebApp(context.Context, *types.CloseWebApp) (*types.Ok, error) {
	return nil, notImplemented("closeWebApp")
}
func (*Client) answerWebAppQuery(context.Context, *types.AnswerWebAppQuery) (*types.InlineMessageId, error) {
	return nil, notImplemented("answerWebAppQuery")
}
func (*Client) checkWebAppFileDownload(context.Context, *types.CheckWebAppFileDownload) (*types.Ok, error) {
	return nil, notImplemented("checkWebAppFileDownload")
}
func (*Client) answerChatJoinRequestQuery(context.Context, *types.AnswerChatJoinRequestQuery) (*types.Ok, error) {
	return nil, notImplemented("answerChatJoinRequestQuery")
}
func (*Client) getCallbackQueryAnswer(context.Context, *types.GetCallbackQueryAnswer) (*types.CallbackQueryAnswer, error) {
	return nil, notImplemented("getCallbackQueryAnswer")
}
func (*Client) answerCallbackQuery(context.Context, *types.AnswerCallbackQuery) (*types.Ok, error) {
	return nil, notImplemented("answerCallbackQuery")
}
func (*Client) answerShippingQuery(context.Context, *types.AnswerShippingQuery) (*types.Ok, error) {
	return nil, notImplemented("answerShippingQuery")
}
func (*Client) answerPreCheckoutQuery(context.Context, *types.AnswerPreCheckoutQuery) (*types.Ok, error) {
	return nil, notImplemented("answerPreCheckoutQuery")
}
func (*Client) setGameScore(context.Context, *types.SetGameScore) (*types.Message, error) {
	return nil, notImplemented("setGameScore")
}
func (*Client) setInlineGameScore(context.Context, *types.SetInlineGameScore) (*types.Ok, error) {
	return nil, notImplemented("setInlineGameScore")
}
func (*Client) getGameHighScores(context.Context, *types.GetGameHighScores) (*types.GameHighScores, error) {
	return nil, notImplemented("getGameHighScores")
}
func (*Client) getInlineGameHighScores(context.Context, *types.GetInlineGameHighScores) (*types.GameHighScores, error) {
	return nil, notImplemented("getInlineGameHighScores")
}
func (*Client) deleteChatReplyMarkup(context.Context, *types.DeleteChatReplyMarkup) (*types.Ok, error) {
	return nil, notImplemented("deleteChatReplyMarkup")
}
func (*Client) sendChatAction(context.Context, *types.SendChatAction) (*types.Ok, error) {
	return nil, notImplemented("sendChatAction")
}
func (*Client) sendTextMessageDraft(context.Context, *types.SendTextMessageDraft) (*types.Ok, error) {
	return nil, notImplemented("sendTextMessageDraft")
}
func (*Client) sendRichMessageDraft(context.Context, *types.SendRichMessageDraft) (*types.Ok, error) {
	return nil, notImplemented("sendRichMessageDraft")
}
func (*Client) openChat(context.Context, *types.OpenChat) (*types.Ok, error) {
	return nil, notImplemented("openChat")
}
func (*Client) closeChat(context.Context, *types.CloseChat) (*types.Ok, error) {
	return nil, notImplemented("closeChat")
}
func (*Client) viewMessages(context.Context, *types.ViewMessages) (*types.Ok, error) {
	return nil, notImplemented("viewMessages")
}
func (*Client) openMessageContent(context.Context, *types.OpenMessageContent) (*types.Ok, error) {
	return nil, notImplemented("openMessageContent")
}
func (*Client) clickAnimatedEmojiMessage(context.Context, *types.ClickAnimatedEmojiMessage) (*types.Sticker, error) {
	return nil, notImplemented("clickAnimatedEmojiMessage")
}
func (*Client) listenToAudio(context.Context, *types.ListenToAudio) (*types.Ok, error) {
	return nil, notImplemented("listenToAudio")
}
func (*Client) sendMessageViewMetrics(context.Context, *types.SendMessageViewMetrics) (*types.Ok, error) {
	return nil, notImplemented("sendMessageViewMetrics")
}
func (*Client) getExternalLinkInfo(context.Context, *types.GetExternalLinkInfo) (types.LoginUrlInfo, error) {
	return nil, notImplemented("getExternalLinkInfo")
}
func (*Client) getExternalLink(context.Context, *types.GetExternalLink) (*types.HttpUrl, error) {
	return nil, notImplemented("getExternalLink")
}
func (*Client) getLinkWebBrowserType(context.Context, *types.GetLinkWebBrowserType) (types.WebBrowserType, error) {
	return nil, notImplemented("getLinkWebBrowserType")
}
func (*Client) getOauthLinkInfo(context.Context, *types.GetOauthLinkInfo) (*types.OauthLinkInfo, error) {
	return nil, notImplemented("getOauthLinkInfo")
}
func (*Client) checkOauthRequestMatchCode(context.Context, *types.CheckOauthRequestMatchCode) (*types.Ok, error) {
	return nil, notImplemented("checkOauthRequestMatchCode")
}
func (*Client) acceptOauthRequest(context.Context, *types.AcceptOauthRequest) (*types.HttpUrl, error) {
	return nil, notImplemented("acceptOauthRequest")
}
func (*Client) declineOauthRequest(context.Context, *types.DeclineOauthRequest) (*types.Ok, error) {
	return nil, notImplemented("declineOauthRequest")
}
func (*Client) readAllChatMentions(context.Context, *types.ReadAllChatMentions) (*types.Ok, error) {
	return nil, notImplemented("readAllChatMentions")
}
func (*Client) readAllChatReactions(context.Context, *types.ReadAllChatReactions) (*types.Ok, error) {
	return nil, notImplemented("readAllChatReactions")
}
func (*Client) readAllChatPollVotes(context.Context, *types.ReadAllChatPollVotes) (*types.Ok, error) {
	return nil, notImplemented("readAllChatPollVotes")
}
func (*Client) createPrivateChat(context.Context, *types.CreatePrivateChat) (*types.Chat, error) {
	return nil, notImplemented("createPrivateChat")
}
func (*Client) createBasicGroupChat(context.Context, *types.CreateBasicGroupChat) (*types.Chat, error) {
	return nil, notImplemented("createBasicGroupChat")
}
func (*Client) createSupergroupChat(context.Context, *types.CreateSupergroupChat) (*types.Chat, error) {
	return nil, notImplemented("createSupergroupChat")
}
func (*Client) createSecretChat(context.Context, *types.CreateSecretChat) (*types.Chat, error) {
	return nil, notImplemented("createSecretChat")
}
func (*Client) createNewBasicGroupChat(context.Context, *types.CreateNewBasicGroupChat) (*types.CreatedBasicGroupChat, error) {
	return nil, notImplemented("createNewBasicGroupChat")
}
func (*Client) createNewSupergroupChat(context.Context, *types.CreateNewSupergroupChat) (*types.Chat, error) {
	return nil, notImplemented("createNewSupergroupChat")
}
func (*Client) createNewSecretChat(context.Context, *types.CreateNewSecretChat) (*types.Chat, error) {
	return nil, notImplemented("createNewSecretChat")
}
func (*Client) upgradeBasicGroupChatToSupergroupChat(context.Context, *types.UpgradeBasicGroupChatToSupergroupChat) (*types.Chat, error) {
	return nil, notImplemented("upgradeBasicGroupChatToSupergroupChat")
}
func (*Client) getChatListsToAddChat(context.Context, *types.GetChatListsToAddChat) (*types.ChatLists, error) {
	return nil, notImplemented("getChatListsToAddChat")
}
func (*Client) addChatToList(context.Context, *types.AddChatToList) (*types.Ok, error) {
	return nil, notImplemented("addChatToList")
}
func (*Client) getChatFolder(context.Context, *types.GetChatFolder) (*types.ChatFolder, error) {
	return nil, notImplemented("getChatFolder")
}
func (*Client) createChatFolder(context.Context, *types.CreateChatFolder) (*types.ChatFolderInfo, error) {
	return nil, notImplemented("createChatFolder")
}
func (*Client) editChatFolder(context.Context, *types.EditChatFolder) (*types.ChatFolderInfo, error) {
	return nil, notImplemented("editChatFolder")
}
func (*Client) deleteChatFolder(context.Context, *types.DeleteChatFolder) (*types.Ok, error) {
	return nil, notImplemented("deleteChatFolder")
}
func (*Client) getChatFolderChatsToLeave(context.Context, *types.GetChatFolderChatsToLeave) (*types.Chats, error) {
	return nil, notImplemented("getChatFolderChatsToLeave")
}
func (*Client) getChatFolderChatCount(context.Context, *types.GetChatFolderChatCount) (*types.Count, error) {
	return nil, notImplemented("getChatFolderChatCount")
}
func (*Client) reorderChatFolders(context.Context, *types.ReorderChatFolders) (*types.Ok, error) {
	return nil, notImplemented("reorderChatFolders")
}
func (*Client) toggleChatFolderTags(context.Context, *types.ToggleChatFolderTags) (*types.Ok, error) {
	return nil, notImplemented("toggleChatFolderTags")
}
func (*Client) getRecommendedChatFolders(context.Context, *types.GetRecommendedChatFolders) (*types.RecommendedChatFolders, error) {
	return nil, notImplemented("getRecommendedChatFolders")
}
func (*Client) getChatsForChatFolderInviteLink(context.Context, *types.GetChatsForChatFolderInviteLink) (*types.Chats, error) {
	return nil, notImplemented("getChatsForChatFolderInviteLink")
}
func (*Client) createChatFolderInviteLink(context.Context, *types.CreateChatFolderInviteLink) (*types.ChatFolderInviteLink, error) {
	return nil, notImplemented("createChatFolderInviteLink")
}
func (*Client) getChatFolderInviteLinks(context.Context, *types.GetChatFolderInviteLinks) (*types.ChatFolderInviteLinks, error) {
	return nil, notImplemented("getChatFolderInviteLinks")
}
func (*Client) editChatFolderInviteLink(context.Context, *types.EditChatFolderInviteLink) (*types.ChatFolderInviteLink, error) {
	return nil, notImplemented("editChatFolderInviteLink")
}
func (*Client) deleteChatFolderInviteLink(context.Context, *types.DeleteChatFolderInviteLink) (*types.Ok, error) {
	return nil, notImplemented("deleteChatFolderInviteLink")
}
func (*Client) checkChatFolderInviteLink(context.Context, *types.CheckChatFolderInviteLink) (*types.ChatFolderInviteLinkInfo, error) {
	return nil, notImplemented("checkChatFolderInviteLink")
}
func (*Client) addChatFolderByInviteLink(context.Context, *types.AddChatFolderByInviteLink) (*types.Ok, error) {
	return nil, notImplemented("addChatFolderByInviteLink")
}
func (*Client) getChatFolderNewChats(context.Context, *types.GetChatFolderNewChats) (*types.Chats, error) {
	return nil, notImplemented("getChatFolderNewChats")
}
func (*Client) processChatFolderNewChats(context.Context, *types.ProcessChatFolderNewChats) (*types.Ok, error) {
	return nil, notImplemented("processChatFolderNewChats")
}
func (*Client) getArchiveChatListSettings(context.Context, *types.GetArchiveChatListSettings) (*types.ArchiveChatListSettings, error) {
	return nil, notImplemented("getArchiveChatListSettings")
}
func (*Client) setArchiveChatListSettings(context.Context, *types.SetArchiveChatListSettings) (*types.Ok, error) {
	return nil, notImplemented("setArchiveChatListSettings")
}
func (*Client) setChatTitle(context.Context, *types.SetChatTitle) (*types.Ok, error) {
	return nil, notImplemented("setChatTitle")
}
func (*Client) setChatPhoto(context.Context, *types.SetChatPhoto) (*types.Ok, error) {
	return nil, notImplemented("setChatPhoto")
}
func (*Client) setChatAccentColor(context.Context, *types.SetChatAccentColor) (*types.Ok, error) {
	return nil, notImplemented("setChatAccentColor")
}
func (*Client) setChatProfileAccentColor(context.Context, *types.SetChatProfileAccentColor) (*types.Ok, error) {
	return nil, notImplemented("setChatProfileAccentColor")
}
func (*Client) setChatMessageAutoDeleteTime(context.Context, *types.SetChatMessageAutoDeleteTime) (*types.Ok, error) {
	return nil, notImplemented("setChatMessageAutoDeleteTime")
}
func (*Client) setChatEmojiStatus(context.Context, *types.SetChatEmojiStatus) (*types.Ok, error) {
	return nil, notImplemented("setChatEmojiStatus")
}
func (*Client) setChatPermissions(context.Context, *types.SetChatPermissions) (*types.Ok, error) {
	return nil, notImplemented("setChatPermissions")
}
func (*Client) setChatBackground(context.Context, *types.SetChatBackground) (*types.Ok, error) {
	return nil, notImplemented("setChatBackground")
}
func (*Client) deleteChatBackground(context.Context, *types.DeleteChatBackground) (*types.Ok, error) {
	return nil, notImplemented("deleteChatBackground")
}
func (*Client) getGiftChatThemes(context.Context, *types.GetGiftChatThemes) (*types.GiftChatThemes, error) {
	return nil, notImplemented("getGiftChatThemes")
}
func (*Client) setChatTheme(context.Context, *types.SetChatTheme) (*types.Ok, error) {
	return nil, notImplemented("setChatTheme")
}
func (*Client) setChatDraftMessage(context.Context, *types.SetChatDraftMessage) (*types.Ok, error) {
	return nil, notImplemented("setChatDraftMessage")
}
func (*Client) setChatNotificationSettings(context.Context, *types.SetChatNotificationSettings) (*types.Ok, error) {
	return nil, notImplemented("setChatNotificationSettings")
}
func (*Client) toggleChatHasProtectedContent(context.Context, *types.ToggleChatHasProtectedContent) (*types.Ok, error) {
	return nil, notImplemented("toggleChatHasProtectedContent")
}
func (*Client) processChatHasProtectedContentDisableRequest(context.Context, *types.ProcessChatHasProtectedContentDisableRequest) (*types.Ok, error) {
	return nil, notImplemented("processChatHasProtectedContentDisableRequest")
}
func (*Client) toggleChatViewAsTopics(context.Context, *types.ToggleChatViewAsTopics) (*types.Ok, error) {
	return nil, notImplemented("toggleChatViewAsTopics")
}
func (*Client) toggleChatIsTranslatable(context.Context, *types.ToggleChatIsTranslatable) (*types.Ok, error) {
	return nil, notImplemented("toggleChatIsTranslatable")
}
func (*Client) toggleChatIsMarkedAsUnread(context.Context, *types.ToggleChatIsMarkedAsUnread) (*types.Ok, error) {
	return nil, notImplemented("toggleChatIsMarkedAsUnread")
}
func (*Client) toggleChatDefaultDisableNotification(context.Context, *types.ToggleChatDefaultDisableNotification) (*types.Ok, error) {
	return nil, notImplemented("toggleChatDefaultDisableNotification")
}
func (*Client) setChatAvailableReactions(context.Context, *types.SetChatAvailableReactions) (*types.Ok, error) {
	return nil, notImplemented("setChatAvailableReactions")
}
func (*Client) setChatClientData(context.Context, *types.SetChatClientData) (*types.Ok, error) {
	return nil, notImplemented("setChatClientData")
}
func (*Client) setChatDescription(context.Context, *types.SetChatDescription) (*types.Ok, error) {
	return nil, notImplemented("setChatDescription")
}
func (*Client) setChatDiscussionGroup(context.Context, *types.SetChatDiscussionGroup) (*types.Ok, error) {
	return nil, notImplemented("setChatDiscussionGroup")
}
func (*Client) setChatDirectMessagesGroup(context.Context, *types.SetChatDirectMessagesGroup) (*types.Ok, error) {
	return nil, notImplemented("setChatDirectMessagesGroup")
}
func (*Client) setChatLocation(context.Context, *types.SetChatLocation) (*types.Ok, error) {
	return nil, notImplemented("setChatLocation")
}
func (*Client) setChatSlowModeDelay(context.Context, *types.SetChatSlowModeDelay) (*types.Ok, error) {
	return nil, notImplemented("setChatSlowModeDelay")
}
func (*Client) pinChatMessage(context.Context, *types.PinChatMessage) (*types.Ok, error) {
	return nil, notImplemented("pinChatMessage")
}
func (*Client) unpinChatMessage(context.Context, *types.UnpinChatMessage) (*types.Ok, error) {
	return nil, notImplemented("unpinChatMessage")
}
func (*Client) unpinAllChatMessages(context.Context, *types.UnpinAllChatMessages) (*types.Ok, error) {
	return nil, notImplemented("unpinAllChatMessages")
}
func (*Client) joinChat(context.Context, *types.JoinChat) (types.ChatJoinResult, error) {
	return nil, notImplemented("joinChat")
}
func (*Client) leaveChat(context.Context, *types.LeaveChat) (*types.Ok, error) {
	return nil, notImplemented("leaveChat")
}
func (*Client) addChatMember(context.Context, *types.AddChatMember) (*types.FailedToAddMembers, error) {
	return nil, notImplemented("addChatMember")
}
func (*Client) addChatMembers(context.Context, *types.AddChatMembers) (*types.FailedToAddMembers, error) {
	return nil, notImplemented("addChatMembers")
}
func (*Client) setChatMemberStatus(context.Context, *types.SetChatMemberStatus) (*types.Ok, error) {
	return nil, notImplemented("setChatMemberStatus")
}
func (*Client) setChatMemberTag(context.Context, *types.SetChatMemberTag) (*types.Ok, error) {
	return nil, notImplemented("setChatMemberTag")
}
func (*Client) banChatMember(context.Context, *types.BanChatMember) (*types.Ok, error) {
	return nil, notImplemented("banChatMember")
}
func (*Client) canTransferOwnership(context.Context, *types.CanTransferOwnership) (types.CanTransferOwnershipResult, error) {
	return nil, notImplemented("canTransferOwnership")
}
func (*Client) transferChatOwnership(context.Context, *types.TransferChatOwnership) (*types.Ok, error) {
	return nil, notImplemented("transferChatOwnership")
}
func (*Client) getChatOwnerAfterLeaving(context.Context, *types.GetChatOwnerAfterLeaving) (*types.User, error) {
	return nil, notImplemented("getChatOwnerAfterLeaving")
}
func (*Client) getChatMember(context.Context, *types.GetChatMember) (*types.ChatMember, error) {
	return nil, notImplemented("getChatMember")
}
func (*Client) searchChatMembers(context.Context, *types.SearchChatMembers) (*types.ChatMembers, error) {
	return nil, notImplemented("searchChatMembers")
}
func (*Client) getChatAdministrators(context.Context, *types.GetChatAdministrators) (*types.ChatAdministrators, error) {
	return nil, notImplemented("getChatAdministrators")
}
func (*Client) clearAllDraftMessages(context.Context, *types.ClearAllDraftMessages) (*types.Ok, error) {
	return nil, notImplemented("clearAllDraftMessages")
}
func (*Client) getStakeDiceState(context.Context, *types.GetStakeDiceState) (*types.StakeDiceState, error) {
	return nil, notImplemented("getStakeDiceState")
}
func (*Client) getSavedNotificationSound(context.Context, *types.GetSavedNotificationSound) (*types.NotificationSound, error) {
	return nil, notImplemented("getSavedNotificationSound")
}
func (*Client) getSavedNotificationSounds(context.Context, *types.GetSavedNotificationSounds) (*types.NotificationSounds, error) {
	return nil, notImplemented("getSavedNotificationSounds")
}
func (*Client) addSavedNotificationSound(context.Context, *types.AddSavedNotificationSound) (*types.NotificationSound, error) {
	return nil, notImplemented("addSavedNotificationSound")
}
func (*Client) removeSavedNotificationSound(context.Context, *types.RemoveSavedNotificationSound) (*types.Ok, error) {
	return nil, notImplemented("removeSavedNotificationSound")
}
func (*Client) getChatNotificationSettingsExceptions(context.Context, *types.GetChatNotificationSettingsExceptions) (*types.Chats, error) {
	return nil, notImplemented("getChatNotificationSettingsExceptions")
}
func (*Client) getScopeNotificationSettings(context.Context, *types.GetScopeNotificationSettings) (*types.ScopeNotificationSettings, error) {
	return nil, notImplemented("getScopeNotificationSettings")
}
func (*Client) setScopeNotificationSettings(context.Context, *types.SetScopeNotificationSettings) (*types.Ok, error) {
	return nil, notImplemented("setScopeNotificationSettings")
}
func (*Client) setReactionNotificationSettings(context.Context, *types.SetReactionNotificationSettings) (*types.Ok, error) {
	return nil, notImplemented("setReactionNotificationSettings")
}
func (*Client) resetAllNotificationSettings(context.Context, *types.ResetAllNotificationSettings) (*types.Ok, error) {
	return nil, notImplemented("resetAllNotificationSettings")
}
func (*Client) toggleChatIsPinned(context.Context, *types.ToggleChatIsPinned) (*types.Ok, error) {
	return nil, notImplemented("toggleChatIsPinned")
}
func (*Client) setPinnedChats(context.Context, *types.SetPinnedChats) (*types.Ok, error) {
	return nil, notImplemented("setPinnedChats")
}
func (*Client) readChatList(context.Context, *types.ReadChatList) (*types.Ok, error) {
	return nil, notImplemented("readChatList")
}
func (*Client) getCurrentWeather(context.Context, *types.GetCurrentWeather) (*types.CurrentWeather, error) {
	return nil, notImplemented("getCurrentWeather")
}
func (*Client) getStory(context.Context, *types.GetStory) (*types.Story, error) {
	return nil, notImplemented("getStory")
}
func (*Client) getChatsToPostStories(context.Context, *types.GetChatsToPostStories) (*types.Chats, error) {
	return nil, notImplemented("getChatsToPostStories")
}
func (*Client) canPostStory(context.Context, *types.CanPostStory) (types.CanPostStoryResult, error) {
	return nil, notImplemented("canPostStory")
}
func (*Client) postStory(context.Context, *types.PostStory) (*types.Story, error) {
	return nil, notImplemented("postStory")
}
func (*Client) startLiveStory(context.Context, *types.StartLiveStory) (types.StartLiveStoryResult, error) {
	return nil, notImplemented("startLiveStory")
}
func (*Client) editStory(context.Context, *types.EditStory) (*types.Ok, error) {
	return nil, notImplemented("editStory")
}
func (*Client) editStoryCover(context.Context, *types.EditStoryCover) (*types.Ok, error) {
	return nil, notImplemented("editStoryCover")
}
func (*Client) setStoryPrivacySettings(context.Context, *types.SetStoryPrivacySettings) (*types.Ok, error) {
	return nil, notImplemented("setStoryPrivacySettings")
}
func (*Client) toggleStoryIsPostedToChatPage(context.Context, *types.ToggleStoryIsPostedToChatPage) (*types.Ok, error) {
	return nil, notImplemented("toggleStoryIsPostedToChatPage")
}
func (*Client) deleteStory(context.Context, *types.DeleteStory) (*types.Ok, error) {
	return nil, notImplemented("deleteStory")
}
func (*Client) getStoryNotificationSettingsExceptions(context.Context, *types.GetStoryNotificationSettingsExceptions) (*types.Chats, error) {
	return nil, notImplemented("getStoryNotificationSettingsExceptions")
}
func (*Client) loadActiveStories(context.Context, *types.LoadActiveStories) (*types.Ok, error) {
	return nil, notImplemented("loadActiveStories")
}
func (*Client) setChatActiveStoriesList(context.Context, *types.SetChatActiveStoriesList) (*types.Ok, error) {
	return nil, notImplemented("setChatActiveStoriesList")
}
func (*Client) getChatActiveStories(context.Context, *types.GetChatActiveStories) (*types.ChatActiveStories, error) {
	return nil, notImplemented("getChatActiveStories")
}
func (*Client) getChatPostedToChatPageStories(context.Context, *types.GetChatPostedToChatPageStories) (*types.Stories, error) {
	return nil, notImplemented("getChatPostedToChatPageStories")
}
func (*Client) getChatArchivedStories(context.Context, *types.GetChatArchivedStories) (*types.Stories, error) {
	return nil, notImplemented("getChatArchivedStories")
}
func (*Client) setChatPinnedStories(context.Context, *types.SetChatPinnedStories) (*types.Ok, error) {
	return nil, notImplemented("setChatPinnedStories")
}
func (*Client) openStory(context.Context, *types.OpenStory) (*types.Ok, error) {
	return nil, notImplemented("openStory")
}
func (*Client) closeStory(context.Context, *types.CloseStory) (*types.Ok, error) {
	return nil, notImplemented("closeStory")
}
func (*Client) getStoryAvailableReactions(context.Context, *types.GetStoryAvailableReactions) (*types.AvailableReactions, error) {
	return nil, notImplemented("getStoryAvailableReactions")
}
func (*Client) setStoryReaction(context.Context, *types.SetStoryReaction) (*types.Ok, error) {
	return nil, notImplemented("setStoryReaction")
}
func (*Client) getStoryInteractions(context.Context, *types.GetStoryInteractions) (*types.StoryInteractions, error) {
	return nil, notImplemented("getStoryInteractions")
}
func (*Client) getChatStoryInteractions(context.Context, *types.GetChatStoryInteractions) (*types.StoryInteractions, error) {
	return nil, notImplemented("getChatStoryInteractions")
}
func (*Client) reportStory(context.Context, *types.ReportStory) (types.ReportStoryResult, error) {
	return nil, notImplemented("reportStory")
}
func (*Client) activateStoryStealthMode(context.Context, *types.ActivateStoryStealthMode) (*types.Ok, error) {
	return nil, notImplemented("activateStoryStealthMode")
}
func (*Client) getStoryPublicForwards(context.Context, *types.GetStoryPublicForwards) (*types.PublicForwards, error) {
	return nil, notImplemented("getStoryPublicForwards")
}
func (*Client) getChatStoryAlbums(context.Context, *types.GetChatStoryAlbums) (*types.StoryAlbums, error) {
	return nil, notImplemented("getChatStoryAlbums")
}
func (*Client) getStoryAlbumStories(context.Context, *types.GetStoryAlbumStories) (*types.Stories, error) {
	return nil, notImplemented("getStoryAlbumStories")
}
func (*Client) createStoryAlbum(context.Context, *types.CreateStoryAlbum) (*types.StoryAlbum, error) {
	return nil, notImplemented("createStoryAlbum")
}
func (*Client) reorderStoryAlbums(context.Context, *types.ReorderStoryAlbums) (*types.Ok, error) {
	return nil, notImplemented("reorderStoryAlbums")
}
func (*Client) deleteStoryAlbum(context.Context, *types.DeleteStoryAlbum) (*types.Ok, error) {
	return nil, notImplemented("deleteStoryAlbum")
}
func (*Client) setStoryAlbumName(context.Context, *types.SetStoryAlbumName) (*types.StoryAlbum, error) {
	return nil, notImplemented("setStoryAlbumName")
}
func (*Client) addStoryAlbumStories(context.Context, *types.AddStoryAlbumStories) (*types.StoryAlbum, error) {
	return nil, notImplemented("addStoryAlbumStories")
}
func (*Client) removeStoryAlbumStories(context.Context, *types.RemoveStoryAlbumStories) (*types.StoryAlbum, error) {
	return nil, notImplemented("removeStoryAlbumStories")
}
func (*Client) reorderStoryAlbumStories(context.Context, *types.ReorderStoryAlbumStories) (*types.StoryAlbum, error) {
	return nil, notImplemented("reorderStoryAlbumStories")
}
func (*Client) getChatBoostLevelFeatures(context.Context, *types.GetChatBoostLevelFeatures) (*types.ChatBoostLevelFeatures, error) {
	return nil, notImplemented("getChatBoostLevelFeatures")
}
func (*Client) getChatBoostFeatures(context.Context, *types.GetChatBoostFeatures) (*types.ChatBoostFeatures, error) {
	return nil, notImplemented("getChatBoostFeatures")
}
func (*Client) getAvailableChatBoostSlots(context.Context, *types.GetAvailableChatBoostSlots) (*types.ChatBoostSlots, error) {
	return nil, notImplemented("getAvailableChatBoostSlots")
}
func (*Client) getChatBoostStatus(context.Context, *types.GetChatBoostStatus) (*types.ChatBoostStatus, error) {
	return nil, notImplemented("getChatBoostStatus")
}
func (*Client) boostChat(context.Context, *types.BoostChat) (*types.ChatBoostSlots, error) {
	return nil, notImplemented("boostChat")
}
func (*Client) getChatBoostLink(context.Context, *types.GetChatBoostLink) (*types.ChatBoostLink, error) {
	return nil, notImplemented("getChatBoostLink")
}
func (*Client) getChatBoostLinkInfo(context.Context, *types.GetChatBoostLinkInfo) (*types.ChatBoostLinkInfo, error) {
	return nil, notImplemented("getChatBoostLinkInfo")
}
func (*Client) getChatBoosts(context.Context, *types.GetChatBoosts) (*types.FoundChatBoosts, error) {
	return nil, notImplemented("getChatBoosts")
}
func (*Client) getUserChatBoosts(context.Context, *types.GetUserChatBoosts) (*types.FoundChatBoosts, error) {
	return nil, notImplemented("getUserChatBoosts")
}
func (*Client) getAttachmentMenuBot(context.Context, *types.GetAttachmentMenuBot) (*types.AttachmentMenuBot, error) {
	return nil, notImplemented("getAttachmentMenuBot")
}
func (*Client) toggleBotIsAddedToAttachmentMenu(context.Context, *types.ToggleBotIsAddedToAttachmentMenu) (*types.Ok, error) {
	return nil, notImplemented("toggleBotIsAddedToAttachmentMenu")
}
func (*Client) getThemedEmojiStatuses(context.Context, *types.GetThemedEmojiStatuses) (*types.EmojiStatusCustomEmojis, error) {
	return nil, notImplemented("getThemedEmojiStatuses")
}
func (*Client) getRecentEmojiStatuses(context.Context, *types.GetRecentEmojiStatuses) (*types.EmojiStatuses, error) {
	return nil, notImplemented("getRecentEmojiStatuses")
}
func (*Client) getUpgradedGiftEmojiStatuses(context.Context, *types.GetUpgradedGiftEmojiStatuses) (*types.EmojiStatuses, error) {
	return nil, notImplemented("getUpgradedGiftEmojiStatuses")
}
func (*Client) getDefaultEmojiStatuses(context.Context, *types.GetDefaultEmojiStatuses) (*types.EmojiStatusCustomEmojis, error) {
	return nil, notImplemented("getDefaultEmojiStatuses")
}
func (*Client) clearRecentEmojiStatuses(context.Context, *types.ClearRecentEmojiStatuses) (*types.Ok, error) {
	return nil, notImplemented("clearRecentEmojiStatuses")
}
func (*Client) getThemedChatEmojiStatuses(context.Context, *types.GetThemedChatEmojiStatuses) (*types.EmojiStatusCustomEmojis, error) {
	return nil, notImplemented("getThemedChatEmojiStatuses")
}
func (*Client) getDefaultChatEmojiStatuses(context.Context, *types.GetDefaultChatEmojiStatuses) (*types.EmojiStatusCustomEmojis, error) {
	return nil, notImplemented("getDefaultChatEmojiStatuses")
}
func (*Client) getDisallowedChatEmojiStatuses(context.Context, *types.GetDisallowedChatEmojiStatuses) (*types.EmojiStatusCustomEmojis, error) {
	return nil, notImplemented("getDisallowedChatEmojiStatuses")
}
func (*Client) downloadFile(context.Context, *types.DownloadFile) (*types.File, error) {
	return nil, notImplemented("downloadFile")
}
func (*Client) getFileDownloadedPrefixSize(context.Context, *types.GetFileDownloadedPrefixSize) (*types.FileDownloadedPrefixSize, error) {
	return nil, notImplemented("getFileDownloadedPrefixSize")
}
func (*Client) cancelDownloadFile(context.Context, *types.CancelDownloadFile) (*types.Ok, error) {
	return nil, notImplemented("cancelDownloadFile")
}
func (*Client) getSuggestedFileName(context.Context, *types.GetSuggestedFileName) (*types.Text, error) {
	return nil, notImplemented("getSuggestedFileName")
}
func (*Client) preliminaryUploadFile(context.Context, *types.PreliminaryUploadFile) (*types.File, error) {
	return nil, notImplemented("preliminaryUploadFile")
}
func (*Client) cancelPreliminaryUploadFile(context.Context, *types.CancelPreliminaryUploadFile) (*types.Ok, error) {
	return nil, notImplemented("cancelPreliminaryUploadFile")
}
func (*Client) writeGeneratedFilePart(context.Context, *types.WriteGeneratedFilePart) (*types.Ok, error) {
	return nil, notImplemented("writeGeneratedFilePart")
}
func (*Client) setFileGenerationProgress(context.Context, *types.SetFileGenerationProgress) (*types.Ok, error) {
	return nil, notImplemented("setFileGenerationProgress")
}
func (*Client) finishFileGeneration(context.Context, *types.FinishFileGeneration) (*types.Ok, error) {
	return nil, notImplemented("finishFileGeneration")
}
func (*Client) readFilePart(context.Context, *types.ReadFilePart) (*types.Data, error) {
	return nil, notImplemented("readFilePart")
}
func (*Client) deleteFile(context.Context, *types.DeleteFile) (*types.Ok, error) {
	return nil, notImplemented("deleteFile")
}
func (*Client) addFileToDownloads(context.Context, *types.AddFileToDownloads) (*types.File, error) {
	return nil, notImplemented("addFileToDownloads")
}
func (*Client) toggleDownloadIsPaused(context.Context, *types.ToggleDownloadIsPaused) (*types.Ok, error) {
	return nil, notImplemented("toggleDownloadIsPaused")
}
func (*Client) toggleAllDownloadsArePaused(context.Context, *types.ToggleAllDownloadsArePaused) (*types.Ok, error) {
	return nil, notImplemented("toggleAllDownloadsArePaused")
}
func (*Client) removeFileFromDownloads(context.Context, *types.RemoveFileFromDownloads) (*types.Ok, error) {
	return nil, notImplemented("removeFileFromDownloads")
}
func (*Client) removeAllFilesFromDownloads(context.Context, *types.RemoveAllFilesFromDownloads) (*types.Ok, error) {
	return nil, notImplemented("removeAllFilesFromDownloads")
}
func (*Client) searchFileDownloads(context.Context, *types.SearchFileDownloads) (*types.FoundFileDownloads, error) {
	return nil, notImplemented("searchFileDownloads")
}
func (*Client) getMessageFileType(context.Context, *types.GetMessageFileType) (types.MessageFileType, error) {
	return nil, notImplemented("getMessageFileType")
}
func (*Client) getMessageImportConfirmationText(context.Context, *types.GetMessageImportConfirmationText) (*types.Text, error) {
	return nil, notImplemented("getMessageImportConfirmationText")
}
func (*Client) importMessages(context.Context, *types.ImportMessages) (*types.Ok, error) {
	return nil, notImplemented("importMessages")
}
func (*Client) replacePrimaryChatInviteLink(context.Context, *types.ReplacePrimaryChatInviteLink) (*types.ChatInviteLink, error) {
	return nil, notImplemented("replacePrimaryChatInviteLink")
}
func (*Client) createChatInviteLink(context.Context, *types.CreateChatInviteLink) (*types.ChatInviteLink, error) {
	return nil, notImplemented("createChatInviteLink")
}
func (*Client) createChatSubscriptionInviteLink(context.Context, *types.CreateChatSubscriptionInviteLink) (*types.ChatInviteLink, error) {
	return nil, notImplemented("createChatSubscriptionInviteLink")
}
func (*Client) editChatInviteLink(context.Context, *types.EditChatInviteLink) (*types.ChatInviteLink, error) {
	return nil, notImplemented("editChatInviteLink")
}
func (*Client) editChatSubscriptionInviteLink(context.Context, *types.EditChatSubscriptionInviteLink) (*types.ChatInviteLink, error) {
	return nil, notImplemented("editChatSubscriptionInviteLink")
}
func (*Client) getChatInviteLink(context.Context, *types.GetChatInviteLink) (*types.ChatInviteLink, error) {
	return nil, notImplemented("getChatInviteLink")
}
func (*Client) getChatInviteLinkCounts(context.Context, *types.GetChatInviteLinkCounts) (*types.ChatInviteLinkCounts, error) {
	return nil, notImplemented("getChatInviteLinkCounts")
}
func (*Client) getChatInviteLinks(context.Context, *types.GetChatInviteLinks) (*types.ChatInviteLinks, error) {
	return nil, notImplemented("getChatInviteLinks")
}
func (*Client) getChatInviteLinkMembers(context.Context, *types.GetChatInviteLinkMembers) (*types.ChatInviteLinkMembers, error) {
	return nil, notImplemented("getChatInviteLinkMembers")
}
func (*Client) revokeChatInviteLink(context.Context, *types.RevokeChatInviteLink) (*types.ChatInviteLinks, error) {
	return nil, notImplemented("revokeChatInviteLink")
}
func (*Client) deleteRevokedChatInviteLink(context.Context, *types.DeleteRevokedChatInviteLink) (*types.Ok, error) {
	return nil, notImplemented("deleteRevokedChatInviteLink")
}
func (*Client) deleteAllRevokedChatInviteLinks(context.Context, *types.DeleteAllRevokedChatInviteLinks) (*types.Ok, error) {
	return nil, notImplemented("deleteAllRevokedChatInviteLinks")
}
func (*Client) checkChatInviteLink(context.Context, *types.CheckChatInviteLink) (*types.ChatInviteLinkInfo, error) {
	return nil, notImplemented("checkChatInviteLink")
}
func (*Client) joinChatByInviteLink(context.Context, *types.JoinChatByInviteLink) (types.ChatJoinResult, error) {
	return nil, notImplemented("joinChatByInviteLink")
}
func (*Client) getChatJoinRequests(context.Context, *types.GetChatJoinRequests) (*types.ChatJoinRequests, error) {
	return nil, notImplemented("getChatJoinRequests")
}
func (*Client) processChatJoinRequest(context.Context, *types.ProcessChatJoinRequest) (*types.Ok, error) {
	return nil, notImplemented("processChatJoinRequest")
}
func (*Client) processChatJoinRequests(context.Context, *types.ProcessChatJoinRequests) (*types.Ok, error) {
	return nil, notImplemented("processChatJoinRequests")
}
func (*Client) approveSuggestedPost(context.Context, *types.ApproveSuggestedPost) (*types.Ok, error) {
	return nil, notImplemented("approveSuggestedPost")
}
func (*Client) declineSuggestedPost(context.Context, *types.DeclineSuggestedPost) (*types.Ok, error) {
	return nil, notImplemented("declineSuggestedPost")
}
func (*Client) addOffer(context.Context, *types.AddOffer) (*types.Message, error) {
	return nil, notImplemented("addOffer")
}
func (*Client) createCall(context.Context, *types.CreateCall) (*types.CallId, error) {
	return nil, notImplemented("createCall")
}
func (*Client) acceptCall(context.Context, *types.AcceptCall) (*types.Ok, error) {
	return nil, notImplemented("acceptCall")
}
func (*Client) sendCallSignalingData(context.Context, *types.SendCallSignalingData) (*types.Ok, error) {
	return nil, notImplemented("sendCallSignalingData")
}
func (*Client) discardCall(context.Context, *types.DiscardCall) (*types.Ok, error) {
	return nil, notImplemented("discardCall")
}
func (*Client) sendCallRating(context.Context, *types.SendCallRating) (*types.Ok, error) {
	return nil, notImplemented("sendCallRating")
}
func (*Client) sendCallDebugInformation(context.Context, *types.SendCallDebugInformation) (*types.Ok, error) {
	return nil, notImplemented("sendCallDebugInformation")
}
func (*Client) sendCallLog(context.Context, *types.SendCallLog) (*types.Ok, error) {
	return nil, notImplemented("sendCallLog")
}
func (*Client) getVideoChatAvailableParticipants(context.Context, *types.GetVideoChatAvailableParticipants) (*types.MessageSenders, error) {
	return nil, notImplemented("getVideoChatAvailableParticipants")
}
func (*Client) setVideoChatDefaultParticipant(context.Context, *types.SetVideoChatDefaultParticipant) (*types.Ok, error) {
	return nil, notImplemented("setVideoChatDefaultParticipant")
}
func (*Client) createVideoChat(context.Context, *types.CreateVideoChat) (*types.GroupCallId, error) {
	return nil, notImplemented("createVideoChat")
}
func (*Client) createGroupCall(context.Context, *types.CreateGroupCall) (*types.GroupCallInfo, error) {
	return nil, notImplemented("createGroupCall")
}
func (*Client) getVideoChatRtmpUrl(context.Context, *types.GetVideoChatRtmpUrl) (*types.RtmpUrl, error) {
	return nil, notImplemented("getVideoChatRtmpUrl")
}
func (*Client) replaceVideoChatRtmpUrl(context.Context, *types.ReplaceVideoChatRtmpUrl) (*types.RtmpUrl, error) {
	return nil, notImplemented("replaceVideoChatRtmpUrl")
}
func (*Client) getLiveStoryRtmpUrl(context.Context, *types.GetLiveStoryRtmpUrl) (*types.RtmpUrl, error) {
	return nil, notImplemented("getLiveStoryRtmpUrl")
}
func (*Client) replaceLiveStoryRtmpUrl(context.Context, *types.ReplaceLiveStoryRtmpUrl) (*types.RtmpUrl, error) {
	return nil, notImplemented("replaceLiveStoryRtmpUrl")
}
func (*Client) getGroupCall(context.Context, *types.GetGroupCall) (*types.GroupCall, error) {
	return nil, notImplemented("getGroupCall")
}
func (*Client) startScheduledVideoChat(context.Context, *types.StartScheduledVideoChat) (*types.Ok, error) {
	return nil, notImplemented("startScheduledVideoChat")
}
func (*Client) toggleVideoChatEnabledStartNotification(context.Context, *types.ToggleVideoChatEnabledStartNotification) (*types.Ok, error) {
	return nil, notImplemented("toggleVideoChatEnabledStartNotification")
}
func (*Client) joinGroupCall(context.Context, *types.JoinGroupCall) (*types.GroupCallInfo, error) {
	return nil, notImplemented("joinGroupCall")
}
func (*Client) joinVideoChat(context.Context, *types.JoinVideoChat) (*types.Text, error) {
	return nil, notImplemented("joinVideoChat")
}
func (*Client) joinLiveStory(context.Context, *types.JoinLiveStory) (*types.Text, error) {
	return nil, notImplemented("joinLiveStory")
}
func (*Client) startGroupCallScreenSharing(context.Context, *types.StartGroupCallScreenSharing) (*types.Text, error) {
	return nil, notImplemented("startGroupCallScreenSharing")
}
func (*Client) toggleGroupCallScreenSharingIsPaused(context.Context, *types.ToggleGroupCallScreenSharingIsPaused) (*types.Ok, error) {
	return nil, notImplemented("toggleGroupCallScreenSharingIsPaused")
}
func (*Client) endGroupCallScreenSharing(context.Context, *types.EndGroupCallScreenSharing) (*types.Ok, error) {
	return nil, notImplemented("endGroupCallScreenSharing")
}
func (*Client) setVideoChatTitle(context.Context, *types.SetVideoChatTitle) (*types.Ok, error) {
	return nil, notImplemented("setVideoChatTitle")
}
func (*Client) toggleVideoChatMuteNewParticipants(context.Context, *types.ToggleVideoChatMuteNewParticipants) (*types.Ok, error) {
	return nil, notImplemented("toggleVideoChatMuteNewParticipants")
}
func (*Client) toggleGroupCallAreMessagesAllowed(context.Context, *types.ToggleGroupCallAreMessagesAllowed) (*types.Ok, error) {
	return nil, notImplemented("toggleGroupCallAreMessagesAllowed")
}
func (*Client) getLiveStoryStreamer(context.Context, *types.GetLiveStoryStreamer) (*types.GroupCallParticipant, error) {
	return nil, notImplemented("getLiveStoryStreamer")
}
func (*Client) getLiveStoryAvailableMessageSenders(context.Context, *types.GetLiveStoryAvailableMessageSenders) (*types.ChatMessageSenders, error) {
	return nil, notImplemented("getLiveStoryAvailableMessageSenders")
}
func (*Client) setLiveStoryMessageSender(context.Context, *types.SetLiveStoryMessageSender) (*types.Ok, error) {
	return nil, notImplemented("setLiveStoryMessageSender")
}
func (*Client) sendGroupCallMessage(context.Context, *types.SendGroupCallMessage) (*types.Ok, error) {
	return nil, notImplemented("sendGroupCallMessage")
}
func (*Client) addPendingLiveStoryReaction(context.Context, *types.AddPendingLiveStoryReaction) (*types.Ok, error) {
	return nil, notImplemented("addPendingLiveStoryReaction")
}
func (*Client) commitPendingLiveStoryReactions(context.Context, *types.CommitPendingLiveStoryReactions) (*types.Ok, error) {
	return nil, notImplemented("commitPendingLiveStoryReactions")
}
func (*Client) removePendingLiveStoryReactions(context.Context, *types.RemovePendingLiveStoryReactions) (*types.Ok, error) {
	return nil, notImplemented("removePendingLiveStoryReactions")
}
func (*Client) deleteGroupCallMessages(context.Context, *types.DeleteGroupCallMessages) (*types.Ok, error) {
	return nil, notImplemented("deleteGroupCallMessages")
}
func (*Client) deleteGroupCallMessagesBySender(context.Context, *types.DeleteGroupCallMessagesBySender) (*types.Ok, error) {
	return nil, notImplemented("deleteGroupCallMessagesBySender")
}
func (*Client) getLiveStoryTopDonors(context.Context, *types.GetLiveStoryTopDonors) (*types.LiveStoryDonors, error) {
	return nil, notImplemented("getLiveStoryTopDonors")
}
func (*Client) inviteGroupCallParticipant(context.Context, *types.InviteGroupCallParticipant) (types.InviteGroupCallParticipantResult, error) {
	return nil, notImplemented("inviteGroupCallParticipant")
}
func (*Client) declineGroupCallInvitation(context.Context, *types.DeclineGroupCallInvitation) (*types.Ok, error) {
	return nil, notImplemented("declineGroupCallInvitation")
}
func (*Client) banGroupCallParticipants(context.Context, *types.BanGroupCallParticipants) (*types.Ok, error) {
	return nil, notImplemented("banGroupCallParticipants")
}
func (*Client) inviteVideoChatParticipants(context.Context, *types.InviteVideoChatParticipants) (*types.Ok, error) {
	return nil, notImplemented("inviteVideoChatParticipants")
}
func (*Client) getVideoChatInviteLink(context.Context, *types.GetVideoChatInviteLink) (*types.HttpUrl, error) {
	return nil, notImplemented("getVideoChatInviteLink")
}
func (*Client) revokeGroupCallInviteLink(context.Context, *types.RevokeGroupCallInviteLink) (*types.Ok, error) {
	return nil, notImplemented("revokeGroupCallInviteLink")
}
func (*Client) startGroupCallRecording(context.Context, *types.StartGroupCallRecording) (*types.Ok, error) {
	return nil, notImplemented("startGroupCallRecording")
}
func (*Client) endGroupCallRecording(context.Context, *types.EndGroupCallRecording) (*types.Ok, error) {
	return nil, notImplemented("endGroupCallRecording")
}
func (*Client) toggleGroupCallIsMyVideoPaused(context.Context, *types.ToggleGroupCallIsMyVideoPaused) (*types.Ok, error) {
	return nil, notImplemented("toggleGroupCallIsMyVideoPaused")
}
func (*Client) toggleGroupCallIsMyVideoEnabled(context.Context, *types.ToggleGroupCallIsMyVideoEnabled) (*types.Ok, error) {
	return nil, notImplemented("toggleGroupCallIsMyVideoEnabled")
}
func (*Client) setGroupCallPaidMessageStarCount(context.Context, *types.SetGroupCallPaidMessageStarCount) (*types.Ok, error) {
	return nil, notImplemented("setGroupCallPaidMessageStarCount")
}
func (*Client) setGroupCallParticipantIsSpeaking(context.Context, *types.SetGroupCallParticipantIsSpeaking) (types.MessageSender, error) {
	return nil, notImplemented("setGroupCallParticipantIsSpeaking")
}
func (*Client) toggleGroupCallParticipantIsMuted(context.Context, *types.ToggleGroupCallParticipantIsMuted) (*types.Ok, error) {
	return nil, notImplemented("toggleGroupCallParticipantIsMuted")
}
func (*Client) setGroupCallParticipantVolumeLevel(context.Context, *types.SetGroupCallParticipantVolumeLevel) (*types.Ok, error) {
	return nil, notImplemented("setGroupCallParticipantVolumeLevel")
}
func (*Client) toggleGroupCallParticipantIsHandRaised(context.Context, *types.ToggleGroupCallParticipantIsHandRaised) (*types.Ok, error) {
	return nil, notImplemented("toggleGroupCallParticipantIsHandRaised")
}
func (*Client) getGroupCallParticipants(context.Context, *types.GetGroupCallParticipants) (*types.GroupCallParticipants, error) {
	return nil, notImplemented("getGroupCallParticipants")
}
func (*Client) loadGroupCallParticipants(context.Context, *types.LoadGroupCallParticipants) (*types.Ok, error) {
	return nil, notImplemented("loadGroupCallParticipants")
}
func (*Client) leaveGroupCall(context.Context, *types.LeaveGroupCall) (*types.Ok, error) {
	return nil, notImplemented("leaveGroupCall")
}
func (*Client) endGroupCall(context.Context, *types.EndGroupCall) (*types.Ok, error) {
	return nil, notImplemented("endGroupCall")
}
func (*Client) getGroupCallStreams(context.Context, *types.GetGroupCallStreams) (*types.GroupCallStreams, error) {
	return nil, notImplemented("getGroupCallStreams")
}
func (*Client) getGroupCallStreamSegment(context.Context, *types.GetGroupCallStreamSegment) (*types.Data, error) {
	return nil, notImplemented("getGroupCallStreamSegment")
}
func (*Client) encryptGroupCallData(context.Context, *types.EncryptGroupCallData) (*types.Data, error) {
	return nil, notImplemented("encryptGroupCallData")
}
func (*Client) decryptGroupCallData(context.Context, *types.DecryptGroupCallData) (*types.Data, error) {
	return nil, notImplemented("decryptGroupCallData")
}
func (*Client) setMessageSenderBlockList(context.Context, *types.SetMessageSenderBlockList) (*types.Ok, error) {
	return nil, notImplemented("setMessageSenderBlockList")
}
func (*Client) blockMessageSenderFromReplies(context.Context, *types.BlockMessageSenderFromReplies) (*types.Ok, error) {
	return nil, notImplemented("blockMessageSenderFromReplies")
}
func (*Client) getBlockedMessageSenders(context.Context, *types.GetBlockedMessageSenders) (*types.MessageSenders, error) {
	return nil, notImplemented("getBlockedMessageSenders")
}
func (*Client) addContact(context.Context, *types.AddContact) (*types.Ok, error) {
	return nil, notImplemented("addContact")
}
func (*Client) importContacts(context.Context, *types.ImportContacts) (*types.ImportedContacts, error) {
	return nil, notImplemented("importContacts")
}
func (*Client) getContacts(context.Context, *types.GetContacts) (*types.Users, error) {
	return nil, notImplemented("getContacts")
}
func (*Client) searchContacts(context.Context, *types.SearchContacts) (*types.Users, error) {
	return nil, notImplemented("searchContacts")
}
func (*Client) removeContacts(context.Context, *types.RemoveContacts) (*types.Ok, error) {
	return nil, notImplemented("removeContacts")
}
func (*Client) getImportedContactCount(context.Context, *types.GetImportedContactCount) (*types.Count, error) {
	return nil, notImplemented("getImportedContactCount")
}
func (*Client) changeImportedContacts(context.Context, *types.ChangeImportedContacts) (*types.ImportedContacts, error) {
	return nil, notImplemented("changeImportedContacts")
}
func (*Client) clearImportedContacts(context.Context, *types.ClearImportedContacts) (*types.Ok, error) {
	return nil, notImplemented("clearImportedContacts")
}
func (*Client) setCloseFriends(context.Context, *types.SetCloseFriends) (*types.Ok, error) {
	return nil, notImplemented("setCloseFriends")
}
func (*Client) getCloseFriends(context.Context, *types.GetCloseFriends) (*types.Users, error) {
	return nil, notImplemented("getCloseFriends")
}
func (*Client) setUserPersonalProfilePhoto(context.Context, *types.SetUserPersonalProfilePhoto) (*types.Ok, error) {
	return nil, notImplemented("setUserPersonalProfilePhoto")
}
func (*Client) setUserNote(context.Context, *types.SetUserNote) (*types.Ok, error) {
	return nil, notImplemented("setUserNote")
}
func (*Client) suggestUserProfilePhoto(context.Context, *types.SuggestUserProfilePhoto) (*types.Ok, error) {
	return nil, notImplemented("suggestUserProfilePhoto")
}
func (*Client) suggestUserBirthdate(context.Context, *types.SuggestUserBirthdate) (*types.Ok, error) {
	return nil, notImplemented("suggestUserBirthdate")
}
func (*Client) toggleBotCanManageEmojiStatus(context.Context, *types.ToggleBotCanManageEmojiStatus) (*types.Ok, error) {
	return nil, notImplemented("toggleBotCanManageEmojiStatus")
}
func (*Client) setUserEmojiStatus(context.Context, *types.SetUserEmojiStatus) (*types.Ok, error) {
	return nil, notImplemented("setUserEmojiStatus")
}
func (*Client) getPersonalChatHistory(context.Context, *types.GetPersonalChatHistory) (*types.Messages, error) {
	return nil, notImplemented("getPersonalChatHistory")
}
func (*Client) searchUserByPhoneNumber(context.Context, *types.SearchUserByPhoneNumber) (*types.User, error) {
	return nil, notImplemented("searchUserByPhoneNumber")
}
func (*Client) sharePhoneNumber(context.Context, *types.SharePhoneNumber) (*types.Ok, error) {
	return nil, notImplemented("sharePhoneNumber")
}
func (*Client) getUserProfilePhotos(context.Context, *types.GetUserProfilePhotos) (*types.ChatPhotos, error) {
	return nil, notImplemented("getUserProfilePhotos")
}
func (*Client) getUserProfileAudios(context.Context, *types.GetUserProfileAudios) (*types.Audios, error) {
	return nil, notImplemented("getUserProfileAudios")
}
func (*Client) isProfileAudio(context.Context, *types.IsProfileAudio) (*types.Ok, error) {
	return nil, notImplemented("isProfileAudio")
}
func (*Client) addProfileAudio(context.Context, *types.AddProfileAudio) (*types.Ok, error) {
	return nil, notImplemented("addProfileAudio")
}
func (*Client) setProfileAudioPosition(context.Context, *types.SetProfileAudioPosition) (*types.Ok, error) {
	return nil, notImplemented("setProfileAudioPosition")
}
func (*Client) removeProfileAudio(context.Context, *types.RemoveProfileAudio) (*types.Ok, error) {
	return nil, notImplemented("removeProfileAudio")
}
func (*Client) getStickerOutline(context.Context, *types.GetStickerOutline) (*types.Outline, error) {
	return nil, notImplemented("getStickerOutline")
}
func (*Client) getStickerOutlineSvgPath(context.Context, *types.GetStickerOutlineSvgPath) (*types.Text, error) {
	return nil, notImplemented("getStickerOutlineSvgPath")
}
func (*Client) getStickers(context.Context, *types.GetStickers) (*types.Stickers, error) {
	return nil, notImplemented("getStickers")
}
func (*Client) getAllStickerEmojis(context.Context, *types.GetAllStickerEmojis) (*types.Emojis, error) {
	return nil, notImplemented("getAllStickerEmojis")
}
func (*Client) searchStickers(context.Context, *types.SearchStickers) (*types.Stickers, error) {
	return nil, notImplemented("searchStickers")
}
func (*Client) getGreetingStickers(context.Context, *types.GetGreetingStickers) (*types.Stickers, error) {
	return nil, notImplemented("getGreetingStickers")
}
func (*Client) getPremiumStickers(context.Context, *types.GetPremiumStickers) (*types.Stickers, error) {
	return nil, notImplemented("getPremiumStickers")
}
func (*Client) getInstalledStickerSets(context.Context, *types.GetInstalledStickerSets) (*types.StickerSets, error) {
	return nil, notImplemented("getInstalledStickerSets")
}
func (*Client) getArchivedStickerSets(context.Context, *types.GetArchivedStickerSets) (*types.StickerSets, error) {
	return nil, notImplemented("getArchivedStickerSets")
}
func (*Client) getTrendingStickerSets(context.Context, *types.GetTrendingStickerSets) (*types.TrendingStickerSets, error) {
	return nil, notImplemented("getTrendingStickerSets")
}
func (*Client) getAttachedStickerSets(context.Context, *types.GetAttachedStickerSets) (*types.StickerSets, error) {
	return nil, notImplemented("getAttachedStickerSets")
}
func (*Client) getStickerSet(context.Context, *types.GetStickerSet) (*types.StickerSet, error) {
	return nil, notImplemented("getStickerSet")
}
func (*Client) getStickerSetName(context.Context, *types.GetStickerSetName) (*types.Text, error) {
	return nil, notImplemented("getStickerSetName")
}
func (*Client) searchStickerSet(context.Context, *types.SearchStickerSet) (*types.StickerSet, error) {
	return nil, notImplemented("searchStickerSet")
}
func (*Client) searchInstalledStickerSets(context.Context, *types.SearchInstalledStickerSets) (*types.StickerSets, error) {
	return nil, notImplemented("searchInstalledStickerSets")
}
func (*Client) searchStickerSets(context.Context, *types.SearchStickerSets) (*types.StickerSets, error) {
	return nil, notImplemented("searchStickerSets")
}
func (*Client) changeStickerSet(context.Context, *types.ChangeStickerSet) (*types.Ok, error) {
	return nil, notImplemented("changeStickerSet")
}
func (*Client) viewTrendingStickerSets(context.Context, *types.ViewTrendingStickerSets) (*types.Ok, error) {
	return nil, notImplemented("viewTrendingStickerSets")
}
func (*Client) reorderInstalledStickerSets(context.Context, *types.ReorderInstalledStickerSets) (*types.Ok, error) {
	return nil, notImplemented("reorderInstalledStickerSets")
}
func (*Client) getRecentStickers(context.Context, *types.GetRecentStickers) (*types.Stickers, error) {
	return nil, notImplemented("getRecentStickers")
}
func (*Client) addRecentSticker(context.Context, *types.AddRecentSticker) (*types.Stickers, error) {
	return nil, notImplemented("addRecentSticker")
}
func (*Client) removeRecentSticker(context.Context, *types.RemoveRecentSticker) (*types.Ok, error) {
	return nil, notImplemented("removeRecentSticker")
}
func (*Client) clearRecentStickers(context.Context, *types.ClearRecentStickers) (*types.Ok, error) {
	return nil, notImplemented("clearRecentStickers")
}
func (*Client) getFavoriteStickers(context.Context, *types.GetFavoriteStickers) (*types.Stickers, error) {
	return nil, notImplemented("getFavoriteStickers")
}
func (*Client) addFavoriteSticker(context.Context, *types.AddFavoriteSticker) (*types.Ok, error) {
	return nil, notImplemented("addFavoriteSticker")
}
func (*Client) removeFavoriteSticker(context.Context, *types.RemoveFavoriteSticker) (*types.Ok, error) {
	return nil, notImplemented("removeFavoriteSticker")
}
func (*Client) getStickerEmojis(context.Context, *types.GetStickerEmojis) (*types.Emojis, error) {
	return nil, notImplemented("getStickerEmojis")
}
func (*Client) searchEmojis(context.Context, *types.SearchEmojis) (*types.EmojiKeywords, error) {
	return nil, notImplemented("searchEmojis")
}
func (*Client) getKeywordEmojis(context.Context, *types.GetKeywordEmojis) (*types.Emojis, error) {
	return nil, notImplemented("getKeywordEmojis")
}
func (*Client) getEmojiCategories(context.Context, *types.GetEmojiCategories) (*types.EmojiCategories, error) {
	return nil, notImplemented("getEmojiCategories")
}
func (*Client) getAnimatedEmoji(context.Context, *types.GetAnimatedEmoji) (*types.AnimatedEmoji, error) {
	return nil, notImplemented("getAnimatedEmoji")
}
func (*Client) getEmojiSuggestionsUrl(context.Context, *types.GetEmojiSuggestionsUrl) (*types.HttpUrl, error) {
	return nil, notImplemented("getEmojiSuggestionsUrl")
}
func (*Client) getCustomEmojiStickers(context.Context, *types.GetCustomEmojiStickers) (*types.Stickers, error) {
	return nil, notImplemented("getCustomEmojiStickers")
}
func (*Client) getDefaultChatPhotoCustomEmojiStickers(context.Context, *types.GetDefaultChatPhotoCustomEmojiStickers) (*types.Stickers, error) {
	return nil, notImplemented("getDefaultChatPhotoCustomEmojiStickers")
}
func (*Client) getDefaultProfilePhotoCustomEmojiStickers(context.Context, *types.GetDefaultProfilePhotoCustomEmojiStickers) (*types.Stickers, error) {
	return nil, notImplemented("getDefaultProfilePhotoCustomEmojiStickers")
}
func (*Client) getDefaultBackgroundCustomEmojiStickers(context.Context, *types.GetDefaultBackgroundCustomEmojiStickers) (*types.Stickers, error) {
	return nil, notImplemented("getDefaultBackgroundCustomEmojiStickers")
}
func (*Client) getSavedAnimations(context.Context, *types.GetSavedAnimations) (*types.Animations, error) {
	return nil, notImplemented("getSavedAnimations")
}
func (*Client) addSavedAnimation(context.Context, *types.AddSavedAnimation) (*types.Ok, error) {
	return nil, notImplemented("addSavedAnimation")
}
func (*Client) removeSavedAnimation(context.Context, *types.RemoveSavedAnimation) (*types.Ok, error) {
	return nil, notImplemented("removeSavedAnimation")
}
func (*Client) getRecentInlineBots(context.Context, *types.GetRecentInlineBots) (*types.Users, error) {
	return nil, notImplemented("getRecentInlineBots")
}
func (*Client) getOwnedBots(context.Context, *types.GetOwnedBots) (*types.Users, error) {
	return nil, notImplemented("getOwnedBots")
}
func (*Client) searchHashtags(context.Context, *types.SearchHashtags) (*types.Hashtags, error) {
	return nil, notImplemented("searchHashtags")
}
func (*Client) removeRecentHashtag(context.Context, *types.RemoveRecentHashtag) (*types.Ok, error) {
	return nil, notImplemented("removeRecentHashtag")
}
func (*Client) getLinkPreview(context.Context, *types.GetLinkPreview) (*types.LinkPreview, error) {
	return nil, notImplemented("getLinkPreview")
}
func (*Client) getWebPageInstantView(context.Context, *types.GetWebPageInstantView) (*types.WebPageInstantView, error) {
	return nil, notImplemented("getWebPageInstantView")
}
func (*Client) setProfilePhoto(context.Context, *types.SetProfilePhoto) (*types.Ok, error) {
	return nil, notImplemented("setProfilePhoto")
}
func (*Client) deleteProfilePhoto(context.Context, *types.DeleteProfilePhoto) (*types.Ok, error) {
	return nil, notImplemented("deleteProfilePhoto")
}
func (*Client) setAccentColor(context.Context, *types.SetAccentColor) (*types.Ok, error) {
	return nil, notImplemented("setAccentColor")
}
func (*Client) setUpgradedGiftColors(context.Context, *types.SetUpgradedGiftColors) (*types.Ok, error) {
	return nil, notImplemented("setUpgradedGiftColors")
}
func (*Client) setProfileAccentColor(context.Context, *types.SetProfileAccentColor) (*types.Ok, error) {
	return nil, notImplemented("setProfileAccentColor")
}
func (*Client) setName(context.Context, *types.SetName) (*types.Ok, error) {
	return nil, notImplemented("setName")
}
func (*Client) setBio(context.Context, *types.SetBio) (*types.Ok, error) {
	return nil, notImplemented("setBio")
}
func (*Client) setUsername(context.Context, *types.SetUsername) (*types.Ok, error) {
	return nil, notImplemented("setUsername")
}
func (*Client) toggleUsernameIsActive(context.Context, *types.ToggleUsernameIsActive) (*types.Ok, error) {
	return nil, notImplemented("toggleUsernameIsActive")
}
func (*Client) reorderActiveUsernames(context.Context, *types.ReorderActiveUsernames) (*types.Ok, error) {
	return nil, notImplemented("reorderActiveUsernames")
}
func (*Client) setBirthdate(context.Context, *types.SetBirthdate) (*types.Ok, error) {
	return nil, notImplemented("setBirthdate")
}
func (*Client) setMainProfileTab(context.Context, *types.SetMainProfileTab) (*types.Ok, error) {
	return nil, notImplemented("setMainProfileTab")
}
func (*Client) setPersonalChat(context.Context, *types.SetPersonalChat) (*types.Ok, error) {
	return nil, notImplemented("setPersonalChat")
}
func (*Client) setEmojiStatus(context.Context, *types.SetEmojiStatus) (*types.Ok, error) {
	return nil, notImplemented("setEmojiStatus")
}
func (*Client) toggleHasSponsoredMessagesEnabled(context.Context, *types.ToggleHasSponsoredMessagesEnabled) (*types.Ok, error) {
	return nil, notImplemented("toggleHasSponsoredMessagesEnabled")
}
func (*Client) setBusinessLocation(context.Context, *types.SetBusinessLocation) (*types.Ok, error) {
	return nil, notImplemented("setBusinessLocation")
}
func (*Client) setBusinessOpeningHours(context.Context, *types.SetBusinessOpeningHours) (*types.Ok, error) {
	return nil, notImplemented("setBusinessOpeningHours")
}
func (*Client) setBusinessGreetingMessageSettings(context.Context, *types.SetBusinessGreetingMessageSettings) (*types.Ok, error) {
	return nil, notImplemented("setBusinessGreetingMessageSettings")
}
func (*Client) setBusinessAwayMessageSettings(context.Context, *types.SetBusinessAwayMessageSettings) (*types.Ok, error) {
	return nil, notImplemented("setBusinessAwayMessageSettings")
}
func (*Client) setBusinessStartPage(context.Context, *types.SetBusinessStartPage) (*types.Ok, error) {
	return nil, notImplemented("setBusinessStartPage")
}
func (*Client) sendPhoneNumberCode(context.Context, *types.SendPhoneNumberCode) (*types.AuthenticationCodeInfo, error) {
	return nil, notImplemented("sendPhoneNumberCode")
}
func (*Client) sendPhoneNumberFirebaseSms(context.Context, *types.SendPhoneNumberFirebaseSms) (*types.Ok, error) {
	return nil, notImplemented("sendPhoneNumberFirebaseSms")
}
func (*Client) reportPhoneNumberCodeMissing(context.Context, *types.ReportPhoneNumberCodeMissing) (*types.Ok, error) {
	return nil, notImplemented("reportPhoneNumberCodeMissing")
}
func (*Client) resendPhoneNumberCode(context.Context, *types.ResendPhoneNumberCode) (*types.AuthenticationCodeInfo, error) {
	return nil, notImplemented("resendPhoneNumberCode")
}
func (*Client) checkPhoneNumberCode(context.Context, *types.CheckPhoneNumberCode) (*types.Ok, error) {
	return nil, notImplemented("checkPhoneNumberCode")
}
func (*Client) getBusinessConnectedBot(context.Context, *types.GetBusinessConnectedBot) (*types.BusinessConnectedBotInfo, error) {
	return nil, notImplemented("getBusinessConnectedBot")
}
func (*Client) setBusinessConnectedBot(context.Context, *types.SetBusinessConnectedBot) (*types.Ok, error) {
	return nil, notImplemented("setBusinessConnectedBot")
}
func (*Client) confirmBusinessConnectedBot(context.Context, *types.ConfirmBusinessConnectedBot) (*types.Ok, error) {
	return nil, notImplemented("confirmBusinessConnectedBot")
}
func (*Client) deleteBusinessConnectedBot(context.Context, *types.DeleteBusinessConnectedBot) (*types.Ok, error) {
	return nil, notImplemented("deleteBusinessConnectedBot")
}
func (*Client) toggleBusinessConnectedBotChatIsPaused(context.Context, *types.ToggleBusinessConnectedBotChatIsPaused) (*types.Ok, error) {
	return nil, notImplemented("toggleBusinessConnectedBotChatIsPaused")
}
func (*Client) removeBusinessConnectedBotFromChat(context.Context, *types.RemoveBusinessConnectedBotFromChat) (*types.Ok, error) {
	return nil, notImplemented("removeBusinessConnectedBotFromChat")
}
func (*Client) getBusinessChatLinks(context.Context, *types.GetBusinessChatLinks) (*types.BusinessChatLinks, error) {
	return nil, notImplemented("getBusinessChatLinks")
}
func (*Client) createBusinessChatLink(context.Context, *types.CreateBusinessChatLink) (*types.BusinessChatLink, error) {
	return nil, notImplemented("createBusinessChatLink")
}
func (*Client) editBusinessChatLink(context.Context, *types.EditBusinessChatLink) (*types.BusinessChatLink, error) {
	return nil, notImplemented("editBusinessChatLink")
}
func (*Client) deleteBusinessChatLink(context.Context, *types.DeleteBusinessChatLink) (*types.Ok, error) {
	return nil, notImplemented("deleteBusinessChatLink")
}
func (*Client) getBusinessChatLinkInfo(context.Context, *types.GetBusinessChatLinkInfo) (*types.BusinessChatLinkInfo, error) {
	return nil, notImplemented("getBusinessChatLinkInfo")
}
func (*Client) getUserLink(context.Context, *types.GetUserLink) (*types.UserLink, error) {
	return nil, notImplemented("getUserLink")
}
func (*Client) searchUserByToken(context.Context, *types.SearchUserByToken) (*types.User, error) {
	return nil, notImplemented("searchUserByToken")
}
func (*Client) setCommands(context.Context, *types.SetCommands) (*types.Ok, error) {
	return nil, notImplemented("setCommands")
}
func (*Client) deleteCommands(context.Context, *types.DeleteCommands) (*types.Ok, error) {
	return nil, notImplemented("deleteCommands")
}
func (*Client) getCommands(context.Context, *types.GetCommands) (*types.BotCommands, error) {
	return nil, notImplemented("getCommands")
}
func (*Client) setMenuButton(context.Context, *types.SetMenuButton) (*types.Ok, error) {
	return nil, notImplemented("setMenuButton")
}
func (*Client) getMenuButton(context.Context, *types.GetMenuButton) (*types.BotMenuButton, error) {
	return nil, notImplemented("getMenuButton")
}
func (*Client) setDefaultGroupAdministratorRights(context.Context, *types.SetDefaultGroupAdministratorRights) (*types.Ok, error) {
	return nil, notImplemented("setDefaultGroupAdministratorRights")
}
func (*Client) setDefaultChannelAdministratorRights(context.Context, *types.SetDefaultChannelAdministratorRights) (*types.Ok, error) {
	return nil, notImplemented("setDefaultChannelAdministratorRights")
}
func (*Client) canBotSendMessages(context.Context, *types.CanBotSendMessages) (*types.Ok, error) {
	return nil, notImplemented("canBotSendMessages")
}
func (*Client) allowBotToSendMessages(context.Context, *types.AllowBotToSendMessages) (*types.Ok, error) {
	return nil, notImplemented("allowBotToSendMessages")
}
func (*Client) sendWebAppCustomRequest(context.Context, *types.SendWebAppCustomRequest) (*types.CustomRequestResult, error) {
	return nil, notImplemented("sendWebAppCustomRequest")
}
func (*Client) getBotMediaPreviews(context.Context, *types.GetBotMediaPreviews) (*types.BotMediaPreviews, error) {
	return nil, notImplemented("getBotMediaPreviews")
}
func (*Client) getBotMediaPreviewInfo(context.Context, *types.GetBotMediaPreviewInfo) (*types.BotMediaPreviewInfo, error) {
	return nil, notImplemented("getBotMediaPreviewInfo")
}
func (*Client) addBotMediaPreview(context.Context, *types.AddBotMediaPreview) (*types.BotMediaPreview, error) {
	return nil, notImplemented("addBotMediaPreview")
}
func (*Client) editBotMediaPreview(context.Context, *types.EditBotMediaPreview) (*types.BotMediaPreview, error) {
	return nil, notImplemented("editBotMediaPreview")
}
func (*Client) reorderBotMediaPreviews(context.Context, *types.ReorderBotMediaPreviews) (*types.Ok, error) {
	return nil, notImplemented("reorderBotMediaPreviews")
}
func (*Client) deleteBotMediaPreviews(context.Context, *types.DeleteBotMediaPreviews) (*types.Ok, error) {
	return nil, notImplemented("deleteBotMediaPreviews")
}
func (*Client) checkBotUsername(context.Context, *types.CheckBotUsername) (types.CheckChatUsernameResult, error) {
	return nil, notImplemented("checkBotUsername")
}
func (*Client) createBot(context.Context, *types.CreateBot) (*types.User, error) {
	return nil, notImplemented("createBot")
}
func (*Client) getManagedBotToken(context.Context, *types.GetManagedBotToken) (*types.Text, error) {
	return nil, notImplemented("getManagedBotToken")
}
func (*Client) getManagedBotAccessSettings(context.Context, *types.GetManagedBotAccessSettings) (*types.BotAccessSettings, error) {
	return nil, notImplemented("getManagedBotAccessSettings")
}
func (*Client) setManagedBotAccessSettings(context.Context, *types.SetManagedBotAccessSettings) (*types.Ok, error) {
	return nil, notImplemented("setManagedBotAccessSettings")
}
func (*Client) setBotName(context.Context, *types.SetBotName) (*types.Ok, error) {
	return nil, notImplemented("setBotName")
}
func (*Client) getBotName(context.Context, *types.GetBotName) (*types.Text, error) {
	return nil, notImplemented("getBotName")
}
func (*Client) setBotProfilePhoto(context.Context, *types.SetBotProfilePhoto) (*types.Ok, error) {
	return nil, notImplemented("setBotProfilePhoto")
}
func (*Client) toggleBotUsernameIsActive(context.Context, *types.ToggleBotUsernameIsActive) (*types.Ok, error) {
	return nil, notImplemented("toggleBotUsernameIsActive")
}
func (*Client) reorderBotActiveUsernames(context.Context, *types.ReorderBotActiveUsernames) (*types.Ok, error) {
	return nil, notImplemented("reorderBotActiveUsernames")
}
func (*Client) setBotInfoDescription(context.Context, *types.SetBotInfoDescription) (*types.Ok, error) {
	return nil, notImplemented("setBotInfoDescription")
}
func (*Client) getBotInfoDescription(context.Context, *types.GetBotInfoDescription) (*types.Text, error) {
	return nil, notImplemented("getBotInfoDescription")
}
func (*Client) setBotInfoShortDescription(context.Context, *types.SetBotInfoShortDescription) (*types.Ok, error) {
	return nil, notImplemented("setBotInfoShortDescription")
}
func (*Client) getBotInfoShortDescription(context.Context, *types.GetBotInfoShortDescription) (*types.Text, error) {
	return nil, notImplemented("getBotInfoShortDescription")
}
func (*Client) setMessageSenderBotVerification(context.Context, *types.SetMessageSenderBotVerification) (*types.Ok, error) {
	return nil, notImplemented("setMessageSenderBotVerification")
}
func (*Client) removeMessageSenderBotVerification(context.Context, *types.RemoveMessageSenderBotVerification) (*types.Ok, error) {
	return nil, notImplemented("removeMessageSenderBotVerification")
}
func (*Client) setSupergroupUsername(context.Context, *types.SetSupergroupUsername) (*types.Ok, error) {
	return nil, notImplemented("setSupergroupUsername")
}
func (*Client) toggleSupergroupUsernameIsActive(context.Context, *types.ToggleSupergroupUsernameIsActive) (*types.Ok, error) {
	return nil, notImplemented("toggleSupergroupUsernameIsActive")
}
func (*Client) disableAllSupergroupUsernames(context.Context, *types.DisableAllSupergroupUsernames) (*types.Ok, error) {
	return nil, notImplemented("disableAllSupergroupUsernames")
}
func (*Client) reorderSupergroupActiveUsernames(context.Context, *types.ReorderSupergroupActiveUsernames) (*types.Ok, error) {
	return nil, notImplemented("reorderSupergroupActiveUsernames")
}
func (*Client) setSupergroupStickerSet(context.Context, *types.SetSupergroupStickerSet) (*types.Ok, error) {
	return nil, notImplemented("setSupergroupStickerSet")
}
func (*Client) setSupergroupCustomEmojiStickerSet(context.Context, *types.SetSupergroupCustomEmojiStickerSet) (*types.Ok, error) {
	return nil, notImplemented("setSupergroupCustomEmojiStickerSet")
}
func (*Client) setSupergroupUnrestrictBoostCount(context.Context, *types.SetSupergroupUnrestrictBoostCount) (*types.Ok, error) {
	return nil, notImplemented("setSupergroupUnrestrictBoostCount")
}
func (*Client) setSupergroupMainProfileTab(context.Context, *types.SetSupergroupMainProfileTab) (*types.Ok, error) {
	return nil, notImplemented("setSupergroupMainProfileTab")
}
func (*Client) toggleSupergroupSignMessages(context.Context, *types.ToggleSupergroupSignMessages) (*types.Ok, error) {
	return nil, notImplemented("toggleSupergroupSignMessages")
}
func (*Client) toggleSupergroupJoinToSendMessages(context.Context, *types.ToggleSupergroupJoinToSendMessages) (*types.Ok, error) {
	return nil, notImplemented("toggleSupergroupJoinToSendMessages")
}
func (*Client) toggleSupergroupJoinByRequest(context.Context, *types.ToggleSupergroupJoinByRequest) (*types.Ok, error) {
	return nil, notImplemented("toggleSupergroupJoinByRequest")
}
func (*Client) toggleSupergroupIsAllHistoryAvailable(context.Context, *types.ToggleSupergroupIsAllHistoryAvailable) (*types.Ok, error) {
	return nil, notImplemented("toggleSupergroupIsAllHistoryAvailable")
}
func (*Client) toggleSupergroupCanHaveSponsoredMessages(context.Context, *types.ToggleSupergroupCanHaveSponsoredMessages) (*types.Ok, error) {
	return nil, notImplemented("toggleSupergroupCanHaveSponsoredMessages")
}
func (*Client) toggleSupergroupHasAutomaticTranslation(context.Context, *types.ToggleSupergroupHasAutomaticTranslation) (*types.Ok, error) {
	return nil, notImplemented("toggleSupergroupHasAutomaticTranslation")
}
func (*Client) toggleSupergroupHasHiddenMembers(context.Context, *types.ToggleSupergroupHasHiddenMembers) (*types.Ok, error) {
	return nil, notImplemented("toggleSupergroupHasHiddenMembers")
}
func (*Client) toggleSupergroupHasAggressiveAntiSpamEnabled(context.Context, *types.ToggleSupergroupHasAggressiveAntiSpamEnabled) (*types.Ok, error) {
	return nil, notImplemented("toggleSupergroupHasAggressiveAntiSpamEnabled")
}
func (*Client) toggleSupergroupIsForum(context.Context, *types.ToggleSupergroupIsForum) (*types.Ok, error) {
	return nil, notImplemented("toggleSupergroupIsForum")
}
func (*Client) toggleSupergroupIsBroadcastGroup(context.Context, *types.ToggleSupergroupIsBroadcastGroup) (*types.Ok, error) {
	return nil, notImplemented("toggleSupergroupIsBroadcastGroup")
}
func (*Client) reportSupergroupSpam(context.Context, *types.ReportSupergroupSpam) (*types.Ok, error) {
	return nil, notImplemented("reportSupergroupSpam")
}
func (*Client) reportSupergroupAntiSpamFalsePositive(context.Context, *types.ReportSupergroupAntiSpamFalsePositive) (*types.Ok, error) {
	return nil, notImplemented("reportSupergroupAntiSpamFalsePositive")
}
func (*Client) getSupergroupMembers(context.Context, *types.GetSupergroupMembers) (*types.ChatMembers, error) {
	return nil, notImplemented("getSupergroupMembers")
}
func (*Client) closeSecretChat(context.Context, *types.CloseSecretChat) (*types.Ok, error) {
	return nil, notImplemented("closeSecretChat")
}
func (*Client) getChatEventLog(context.Context, *types.GetChatEventLog) (*types.ChatEvents, error) {
	return nil, notImplemented("getChatEventLog")
}
func (*Client) getTimeZones(context.Context, *types.GetTimeZones) (*types.TimeZones, error) {
	return nil, notImplemented("getTimeZones")
}
func (*Client) getPaymentForm(context.Context, *types.GetPaymentForm) (*types.PaymentForm, error) {
	return nil, notImplemented("getPaymentForm")
}
func (*Client) validateOrderInfo(context.Context, *types.ValidateOrderInfo) (*types.ValidatedOrderInfo, error) {
	return nil, notImplemented("validateOrderInfo")
}
func (*Client) sendPaymentForm(context.Context, *types.SendPaymentForm) (*types.PaymentResult, error) {
	return nil, notImplemented("sendPaymentForm")
}
func (*Client) getPaymentReceipt(context.Context, *types.GetPaymentReceipt) (*types.PaymentReceipt, error) {
	return nil, notImplemented("getPaymentReceipt")
}
func (*Client) getSavedOrderInfo(context.Context, *types.GetSavedOrderInfo) (*types.OrderInfo, error) {
	return nil, notImplemented("getSavedOrderInfo")
}
func (*Client) deleteSavedOrderInfo(context.Context, *types.DeleteSavedOrderInfo) (*types.Ok, error) {
	return nil, notImplemented("deleteSavedOrderInfo")
}
func (*Client) deleteSavedCredentials(context.Context, *types.DeleteSavedCredentials) (*types.Ok, error) {
	return nil, notImplemented("deleteSavedCredentials")
}
func (*Client) setGiftSettings(context.Context, *types.SetGiftSettings) (*types.Ok, error) {
	return nil, notImplemented("setGiftSettings")
}
func (*Client) getAvailableGifts(context.Context, *types.GetAvailableGifts) (*types.AvailableGifts, error) {
	return nil, notImplemented("getAvailableGifts")
}
func (*Client) canSendGift(context.Context, *types.CanSendGift) (types.CanSendGiftResult, error) {
	return nil, notImplemented("canSendGift")
}
func (*Client) sendGift(context.Context, *types.SendGift) (*types.Ok, error) {
	return nil, notImplemented("sendGift")
}
func (*Client) getGiftAuctionState(context.Context, *types.GetGiftAuctionState) (*types.GiftAuctionState, error) {
	return nil, notImplemented("getGiftAuctionState")
}
func (*Client) getGiftAuctionAcquiredGifts(context.Context, *types.GetGiftAuctionAcquiredGifts) (*types.GiftAuctionAcquiredGifts, error) {
	return nil, notImplemented("getGiftAuctionAcquiredGifts")
}
func (*Client) openGiftAuction(context.Context, *types.OpenGiftAuction) (*types.Ok, error) {
	return nil, notImplemented("openGiftAuction")
}
func (*Client) closeGiftAuction(context.Context, *types.CloseGiftAuction) (*types.Ok, error) {
	return nil, notImplemented("closeGiftAuction")
}
func (*Client) placeGiftAuctionBid(context.Context, *types.PlaceGiftAuctionBid) (*types.Ok, error) {
	return nil, notImplemented("placeGiftAuctionBid")
}
func (*Client) increaseGiftAuctionBid(context.Context, *types.IncreaseGiftAuctionBid) (*types.Ok, error) {
	return nil, notImplemented("increaseGiftAuctionBid")
}
func (*Client) sellGift(context.Context, *types.SellGift) (*types.Ok, error) {
	return nil, notImplemented("sellGift")
}
func (*Client) toggleGiftIsSaved(context.Context, *types.ToggleGiftIsSaved) (*types.Ok, error) {
	return nil, notImplemented("toggleGiftIsSaved")
}
func (*Client) setPinnedGifts(context.Context, *types.SetPinnedGifts) (*types.Ok, error) {
	return nil, notImplemented("setPinnedGifts")
}
func (*Client) toggleChatGiftNotifications(context.Context, *types.ToggleChatGiftNotifications) (*types.Ok, error) {
	return nil, notImplemented("toggleChatGiftNotifications")
}
func (*Client) getGiftUpgradePreview(context.Context, *types.GetGiftUpgradePreview) (*types.GiftUpgradePreview, error) {
	return nil, notImplemented("getGiftUpgradePreview")
}
func (*Client) getUpgradedGiftVariants(context.Context, *types.GetUpgradedGiftVariants) (*types.GiftUpgradeVariants, error) {
	return nil, notImplemented("getUpgradedGiftVariants")
}
func (*Client) upgradeGift(context.Context, *types.UpgradeGift) (*types.UpgradeGiftResult, error) {
	return nil, notImplemented("upgradeGift")
}
func (*Client) buyGiftUpgrade(context.Context, *types.BuyGiftUpgrade) (*types.Ok, error) {
	return nil, notImplemented("buyGiftUpgrade")
}
func (*Client) craftGift(context.Context, *types.CraftGift) (types.CraftGiftResult, error) {
	return nil, notImplemented("craftGift")
}
func (*Client) transferGift(context.Context, *types.TransferGift) (*types.Ok, error) {
	return nil, notImplemented("transferGift")
}
func (*Client) dropGiftOriginalDetails(context.Context, *types.DropGiftOriginalDetails) (*types.Ok, error) {
	return nil, notImplemented("dropGiftOriginalDetails")
}
func (*Client) sendResoldGift(context.Context, *types.SendResoldGift) (types.GiftResaleResult, error) {
	return nil, notImplemented("sendResoldGift")
}
func (*Client) sendGiftPurchaseOffer(context.Context, *types.SendGiftPurchaseOffer) (*types.Ok, error) {
	return nil, notImplemented("sendGiftPurchaseOffer")
}
func (*Client) processGiftPurchaseOffer(context.Context, *types.ProcessGiftPurchaseOffer) (*types.Ok, error) {
	return nil, notImplemented("processGiftPurchaseOffer")
}
func (*Client) getReceivedGifts(context.Context, *types.GetReceivedGifts) (*types.ReceivedGifts, error) {
	return nil, notImplemented("getReceivedGifts")
}
func (*Client) getReceivedGift(context.Context, *types.GetReceivedGift) (*types.ReceivedGift, error) {
	return nil, notImplemented("getReceivedGift")
}
func (*Client) getGiftsForCrafting(context.Context, *types.GetGiftsForCrafting) (*types.GiftsForCrafting, error) {
	return nil, notImplemented("getGiftsForCrafting")
}
func (*Client) getUpgradedGift(context.Context, *types.GetUpgradedGift) (*types.UpgradedGift, error) {
	return nil, notImplemented("getUpgradedGift")
}
func (*Client) getUpgradedGiftValueInfo(context.Context, *types.GetUpgradedGiftValueInfo) (*types.UpgradedGiftValueInfo, error) {
	return nil, notImplemented("getUpgradedGiftValueInfo")
}
func (*Client) getUpgradedGiftWithdrawalUrl(context.Context, *types.GetUpgradedGiftWithdrawalUrl) (*types.HttpUrl, error) {
	return nil, notImplemented("getUpgradedGiftWithdrawalUrl")
}
func (*Client) getUpgradedGiftsPromotionalAnimation(context.Context, *types.GetUpgradedGiftsPromotionalAnimation) (*types.Animation, error) {
	return nil, notImplemented("getUpgradedGiftsPromotionalAnimation")
}
func (*Client) setGiftResalePrice(context.Context, *types.SetGiftResalePrice) (*types.Ok, error) {
	return nil, notImplemented("setGiftResalePrice")
}
func (*Client) searchGiftsForResale(context.Context, *types.SearchGiftsForResale) (*types.GiftsForResale, error) {
	return nil, notImplemented("searchGiftsForResale")
}
func (*Client) getGiftCollections(context.Context, *types.GetGiftCollections) (*types.GiftCollections, error) {
	return nil, notImplemented("getGiftCollections")
}
func (*Client) createGiftCollection(context.Context, *types.CreateGiftCollection) (*types.GiftCollection, error) {
	return nil, notImplemented("createGiftCollection")
}
func (*Client) reorderGiftCollections(context.Context, *types.ReorderGiftCollections) (*types.Ok, error) {
	return nil, notImplemented("reorderGiftCollections")
}
func (*Client) deleteGiftCollection(context.Context, *types.DeleteGiftCollection) (*types.Ok, error) {
	return nil, notImplemented("deleteGiftCollection")
}
func (*Client) setGiftCollectionName(context.Context, *types.SetGiftCollectionName) (*types.GiftCollection, error) {
	return nil, notImplemented("setGiftCollectionName")
}
func (*Client) addGiftCollectionGifts(context.Context, *types.AddGiftCollectionGifts) (*types.GiftCollection, error) {
	return nil, notImplemented("addGiftCollectionGifts")
}
func (*Client) removeGiftCollectionGifts(context.Context, *types.RemoveGiftCollectionGifts) (*types.GiftCollection, error) {
	return nil, notImplemented("removeGiftCollectionGifts")
}
func (*Client) reorderGiftCollectionGifts(context.Context, *types.ReorderGiftCollectionGifts) (*types.GiftCollection, error) {
	return nil, notImplemented("reorderGiftCollectionGifts")
}
func (*Client) createInvoiceLink(context.Context, *types.CreateInvoiceLink) (*types.HttpUrl, error) {
	return nil, notImplemented("createInvoiceLink")
}
func (*Client) refundStarPayment(context.Context, *types.RefundStarPayment) (*types.Ok, error) {
	return nil, notImplemented("refundStarPayment")
}
func (*Client) getSupportUser(context.Context, *types.GetSupportUser) (*types.User, error) {
	return nil, notImplemented("getSupportUser")
}
func (*Client) getBackgroundUrl(context.Context, *types.GetBackgroundUrl) (*types.HttpUrl, error) {
	return nil, notImplemented("getBackgroundUrl")
}
func (*Client) searchBackground(context.Context, *types.SearchBackground) (*types.Background, error) {
	return nil, notImplemented("searchBackground")
}
func (*Client) setDefaultBackground(context.Context, *types.SetDefaultBackground) (*types.Background, error) {
	return nil, notImplemented("setDefaultBackground")
}
func (*Client) deleteDefaultBackground(context.Context, *types.DeleteDefaultBackground) (*types.Ok, error) {
	return nil, notImplemented("deleteDefaultBackground")
}
func (*Client) getInstalledBackgrounds(context.Context, *types.GetInstalledBackgrounds) (*types.Backgrounds, error) {
	return nil, notImplemented("getInstalledBackgrounds")
}
func (*Client) removeInstalledBackground(context.Context, *types.RemoveInstalledBackground) (*types.Ok, error) {
	return nil, notImplemented("removeInstalledBackground")
}
func (*Client) resetInstalledBackgrounds(context.Context, *types.ResetInstalledBackgrounds) (*types.Ok, error) {
	return nil, notImplemented("resetInstalledBackgrounds")
}
func (*Client) registerDevice(context.Context, *types.RegisterDevice) (*types.PushReceiverId, error) {
	return nil, notImplemented("registerDevice")
}
func (*Client) getRecentlyVisitedTMeUrls(context.Context, *types.GetRecentlyVisitedTMeUrls) (*types.TMeUrls, error) {
	return nil, notImplemented("getRecentlyVisitedTMeUrls")
}
func (*Client) setUserPrivacySettingRules(context.Context, *types.SetUserPrivacySettingRules) (*types.Ok, error) {
	return nil, notImplemented("setUserPrivacySettingRules")
}
func (*Client) getUserPrivacySettingRules(context.Context, *types.GetUserPrivacySettingRules) (*types.UserPrivacySettingRules, error) {
	return nil, notImplemented("getUserPrivacySettingRules")
}
func (*Client) setReadDatePrivacySettings(context.Context, *types.SetReadDatePrivacySettings) (*types.Ok, error) {
	return nil, notImplemented("setReadDatePrivacySettings")
}
func (*Client) getReadDatePrivacySettings(context.Context, *types.GetReadDatePrivacySettings) (*types.ReadDatePrivacySettings, error) {
	return nil, notImplemented("getReadDatePrivacySettings")
}
func (*Client) setNewChatPrivacySettings(context.Context, *types.SetNewChatPrivacySettings) (*types.Ok, error) {
	return nil, notImplemented("setNewChatPrivacySettings")
}
func (*Client) getNewChatPrivacySettings(context.Context, *types.GetNewChatPrivacySettings) (*types.NewChatPrivacySettings, error) {
	return nil, notImplemented("getNewChatPrivacySettings")
}
func (*Client) getPaidMessageRevenue(context.Context, *types.GetPaidMessageRevenue) (*types.StarCount, error) {
	return nil, notImplemented("getPaidMessageRevenue")
}
func (*Client) allowUnpaidMessagesFromUser(context.Context, *types.AllowUnpaidMessagesFromUser) (*types.Ok, error) {
	return nil, notImplemented("allowUnpaidMessagesFromUser")
}
func (*Client) setChatPaidMessageStarCount(context.Context, *types.SetChatPaidMessageStarCount) (*types.Ok, error) {
	return nil, notImplemented("setChatPaidMessageStarCount")
}
func (*Client) canSendMessageToUser(context.Context, *types.CanSendMessageToUser) (types.CanSendMessageToUserResult, error) {
	return nil, notImplemented("canSendMessageToUser")
}
func (*Client) setAccountTtl(context.Context, *types.SetAccountTtl) (*types.Ok, error) {
	return nil, notImplemented("setAccountTtl")
}
func (*Client) getAccountTtl(context.Context, *types.GetAccountTtl) (*types.AccountTtl, error) {
	return nil, notImplemented("getAccountTtl")
}
func (*Client) setDefaultMessageAutoDeleteTime(context.Context, *types.SetDefaultMessageAutoDeleteTime) (*types.Ok, error) {
	return nil, notImplemented("setDefaultMessageAutoDeleteTime")
}
func (*Client) getDefaultMessageAutoDeleteTime(context.Context, *types.GetDefaultMessageAutoDeleteTime) (*types.MessageAutoDeleteTime, error) {
	return nil, notImplemented("getDefaultMessageAutoDeleteTime")
}
func (*Client) removeChatActionBar(context.Context, *types.RemoveChatActionBar) (*types.Ok, error) {
	return nil, notImplemented("removeChatActionBar")
}
func (*Client) reportChat(context.Context, *types.ReportChat) (types.ReportChatResult, error) {
	return nil, notImplemented("reportChat")
}
func (*Client) reportChatPhoto(context.Context, *types.ReportChatPhoto) (*types.Ok, error) {
	return nil, notImplemented("reportChatPhoto")
}
func (*Client) reportMessageReactions(context.Context, *types.ReportMessageReactions) (*types.Ok, error) {
	return nil, notImplemented("reportMessageReactions")
}
func (*Client) getChatRevenueStatistics(context.Context, *types.GetChatRevenueStatistics) (*types.ChatRevenueStatistics, error) {
	return nil, notImplemented("getChatRevenueStatistics")
}
func (*Client) getChatRevenueWithdrawalUrl(context.Context, *types.GetChatRevenueWithdrawalUrl) (*types.HttpUrl, error) {
	return nil, notImplemented("getChatRevenueWithdrawalUrl")
}
func (*Client) getChatRevenueTransactions(context.Context, *types.GetChatRevenueTransactions) (*types.ChatRevenueTransactions, error) {
	return nil, notImplemented("getChatRevenueTransactions")
}
func (*Client) getTonTransactions(context.Context, *types.GetTonTransactions) (*types.TonTransactions, error) {
	return nil, notImplemented("getTonTransactions")
}
func (*Client) getStarRevenueStatistics(context.Context, *types.GetStarRevenueStatistics) (*types.StarRevenueStatistics, error) {
	return nil, notImplemented("getStarRevenueStatistics")
}
func (*Client) getStarWithdrawalUrl(context.Context, *types.GetStarWithdrawalUrl) (*types.HttpUrl, error) {
	return nil, notImplemented("getStarWithdrawalUrl")
}
func (*Client) getStarAdAccountUrl(context.Context, *types.GetStarAdAccountUrl) (*types.HttpUrl, error) {
	return nil, notImplemented("getStarAdAccountUrl")
}
func (*Client) getTonRevenueStatistics(context.Context, *types.GetTonRevenueStatistics) (*types.TonRevenueStatistics, error) {
	return nil, notImplemented("getTonRevenueStatistics")
}
func (*Client) getTonWithdrawalUrl(context.Context, *types.GetTonWithdrawalUrl) (*types.HttpUrl, error) {
	return nil, notImplemented("getTonWithdrawalUrl")
}
func (*Client) getChatStatistics(context.Context, *types.GetChatStatistics) (types.ChatStatistics, error) {
	return nil, notImplemented("getChatStatistics")
}
func (*Client) getMessageStatistics(context.Context, *types.GetMessageStatistics) (*types.MessageStatistics, error) {
	return nil, notImplemented("getMessageStatistics")
}
func (*Client) getMessagePublicForwards(context.Context, *types.GetMessagePublicForwards) (*types.PublicForwards, error) {
	return nil, notImplemented("getMessagePublicForwards")
}
func (*Client) getStoryStatistics(context.Context, *types.GetStoryStatistics) (*types.StoryStatistics, error) {
	return nil, notImplemented("getStoryStatistics")
}
func (*Client) getStatisticalGraph(context.Context, *types.GetStatisticalGraph) (types.StatisticalGraph, error) {
	return nil, notImplemented("getStatisticalGraph")
}
func (*Client) getAutosaveSettings(context.Context, *types.GetAutosaveSettings) (*types.AutosaveSettings, error) {
	return nil, notImplemented("getAutosaveSettings")
}
func (*Client) setAutosaveSettings(context.Context, *types.SetAutosaveSettings) (*types.Ok, error) {
	return nil, notImplemented("setAutosaveSettings")
}
func (*Client) clearAutosaveSettingsExceptions(context.Context, *types.ClearAutosaveSettingsExceptions) (*types.Ok, error) {
	return nil, notImplemented("clearAutosaveSettingsExceptions")
}
func (*Client) changeWebBrowserSettings(context.Context, *types.ChangeWebBrowserSettings) (*types.Ok, error) {
	return nil, notImplemented("changeWebBrowserSettings")
}
func (*Client) addWebBrowserSettingsException(context.Context, *types.AddWebBrowserSettingsException) (*types.Ok, error) {
	return nil, notImplemented("addWebBrowserSettingsException")
}
func (*Client) removeWebBrowserSettingsException(context.Context, *types.RemoveWebBrowserSettingsException) (*types.Ok, error) {
	return nil, notImplemented("removeWebBrowserSettingsException")
}
func (*Client) removeAllWebBrowserSettingsExceptions(context.Context, *types.RemoveAllWebBrowserSettingsExceptions) (*types.Ok, error) {
	return nil, notImplemented("removeAllWebBrowserSettingsExceptions")
}
func (*Client) getBankCardInfo(context.Context, *types.GetBankCardInfo) (*types.BankCardInfo, error) {
	return nil, notImplemented("getBankCardInfo")
}
func (*Client) getPassportElement(context.Context, *types.GetPassportElement) (types.PassportElement, error) {
	return nil, notImplemented("getPassportElement")
}
func (*Client) getAllPassportElements(context.Context, *types.GetAllPassportElements) (*types.PassportElements, error) {
	return nil, notImplemented("getAllPassportElements")
}
func (*Client) setPassportElement(context.Context, *types.SetPassportElement) (types.PassportElement, error) {
	return nil, notImplemented("setPassportElement")
}
func (*Client) deletePassportElement(context.Context, *types.DeletePassportElement) (*types.Ok, error) {
	return nil, notImplemented("deletePassportElement")
}
func (*Client) setPassportElementErrors(context.Context, *types.SetPassportElementErrors) (*types.Ok, error) {
	return nil, notImplemented("setPassportElementErrors")
}
func (*Client) getPreferredCountryLanguage(context.Context, *types.GetPreferredCountryLanguage) (*types.Text, error) {
	return nil, notImplemented("getPreferredCountryLanguage")
}
func (*Client) getPassportAuthorizationForm(context.Context, *types.GetPassportAuthorizationForm) (*types.PassportAuthorizationForm, error) {
	return nil, notImplemented("getPassportAuthorizationForm")
}
func (*Client) getPassportAuthorizationFormAvailableElements(context.Context, *types.GetPassportAuthorizationFormAvailableElements) (*types.PassportElementsWithErrors, error) {
	return nil, notImplemented("getPassportAuthorizationFormAvailableElements")
}
func (*Client) sendPassportAuthorizationForm(context.Context, *types.SendPassportAuthorizationForm) (*types.Ok, error) {
	return nil, notImplemented("sendPassportAuthorizationForm")
}
func (*Client) setBotUpdatesStatus(context.Context, *types.SetBotUpdatesStatus) (*types.Ok, error) {
	return nil, notImplemented("setBotUpdatesStatus")
}
func (*Client) uploadStickerFile(context.Context, *types.UploadStickerFile) (*types.File, error) {
	return nil, notImplemented("uploadStickerFile")
}
func (*Client) getSuggestedStickerSetName(context.Context, *types.GetSuggestedStickerSetName) (*types.Text, error) {
	return nil, notImplemented("getSuggestedStickerSetName")
}
func (*Client) checkStickerSetName(context.Context, *types.CheckStickerSetName) (types.CheckStickerSetNameResult, error) {
	return nil, notImplemented("checkStickerSetName")
}
func (*Client) createNewStickerSet(context.Context, *types.CreateNewStickerSet) (*types.StickerSet, error) {
	return nil, notImplemented("createNewStickerSet")
}
func (*Client) addStickerToSet(context.Context, *types.AddStickerToSet) (*types.Ok, error) {
	return nil, notImplemented("addStickerToSet")
}
func (*Client) replaceStickerInSet(context.Context, *types.ReplaceStickerInSet) (*types.Ok, error) {
	return nil, notImplemented("replaceStickerInSet")
}
func (*Client) setStickerSetThumbnail(context.Context, *types.SetStickerSetThumbnail) (*types.Ok, error) {
	return nil, notImplemented("setStickerSetThumbnail")
}
func (*Client) setCustomEmojiStickerSetThumbnail(context.Context, *types.SetCustomEmojiStickerSetThumbnail) (*types.Ok, error) {
	return nil, notImplemented("setCustomEmojiStickerSetThumbnail")
}
func (*Client) setStickerSetTitle(context.Context, *types.SetStickerSetTitle) (*types.Ok, error) {
	return nil, notImplemented("setStickerSetTitle")
}
func (*Client) deleteStickerSet(context.Context, *types.DeleteStickerSet) (*types.Ok, error) {
	return nil, notImplemented("deleteStickerSet")
}
func (*Client) setStickerPositionInSet(context.Context, *types.SetStickerPositionInSet) (*types.Ok, error) {
	return nil, notImplemented("setStickerPositionInSet")
}
func (*Client) removeStickerFromSet(context.Context, *types.RemoveStickerFromSet) (*types.Ok, error) {
	return nil, notImplemented("removeStickerFromSet")
}
func (*Client) setStickerEmojis(context.Context, *types.SetStickerEmojis) (*types.Ok, error) {
	return nil, notImplemented("setStickerEmojis")
}
func (*Client) setStickerKeywords(context.Context, *types.SetStickerKeywords) (*types.Ok, error) {
	return nil, notImplemented("setStickerKeywords")
}
func (*Client) setStickerMaskPosition(context.Context, *types.SetStickerMaskPosition) (*types.Ok, error) {
	return nil, notImplemented("setStickerMaskPosition")
}
func (*Client) getOwnedStickerSets(context.Context, *types.GetOwnedStickerSets) (*types.StickerSets, error) {
	return nil, notImplemented("getOwnedStickerSets")
}
func (*Client) getMapThumbnailFile(context.Context, *types.GetMapThumbnailFile) (*types.File, error) {
	return nil, notImplemented("getMapThumbnailFile")
}
func (*Client) getPremiumLimit(context.Context, *types.GetPremiumLimit) (*types.PremiumLimit, error) {
	return nil, notImplemented("getPremiumLimit")
}
func (*Client) getPremiumFeatures(context.Context, *types.GetPremiumFeatures) (*types.PremiumFeatures, error) {
	return nil, notImplemented("getPremiumFeatures")
}
func (*Client) getPremiumStickerExamples(context.Context, *types.GetPremiumStickerExamples) (*types.Stickers, error) {
	return nil, notImplemented("getPremiumStickerExamples")
}
func (*Client) getPremiumInfoSticker(context.Context, *types.GetPremiumInfoSticker) (*types.Sticker, error) {
	return nil, notImplemented("getPremiumInfoSticker")
}
func (*Client) viewPremiumFeature(context.Context, *types.ViewPremiumFeature) (*types.Ok, error) {
	return nil, notImplemented("viewPremiumFeature")
}
func (*Client) clickPremiumSubscriptionButton(context.Context, *types.ClickPremiumSubscriptionButton) (*types.Ok, error) {
	return nil, notImplemented("clickPremiumSubscriptionButton")
}
func (*Client) getPremiumState(context.Context, *types.GetPremiumState) (*types.PremiumState, error) {
	return nil, notImplemented("getPremiumState")
}
func (*Client) getPremiumGiftPaymentOptions(context.Context, *types.GetPremiumGiftPaymentOptions) (*types.PremiumGiftPaymentOptions, error) {
	return nil, notImplemented("getPremiumGiftPaymentOptions")
}
func (*Client) getPremiumGiveawayPaymentOptions(context.Context, *types.GetPremiumGiveawayPaymentOptions) (*types.PremiumGiveawayPaymentOptions, error) {
	return nil, notImplemented("getPremiumGiveawayPaymentOptions")
}
func (*Client) checkPremiumGiftCode(context.Context, *types.CheckPremiumGiftCode) (*types.PremiumGiftCodeInfo, error) {
	return nil, notImplemented("checkPremiumGiftCode")
}
func (*Client) applyPremiumGiftCode(context.Context, *types.ApplyPremiumGiftCode) (*types.Ok, error) {
	return nil, notImplemented("applyPremiumGiftCode")
}
func (*Client) giftPremiumWithStars(context.Context, *types.GiftPremiumWithStars) (*types.Ok, error) {
	return nil, notImplemented("giftPremiumWithStars")
}
func (*Client) launchPrepaidGiveaway(context.Context, *types.LaunchPrepaidGiveaway) (*types.Ok, error) {
	return nil, notImplemented("launchPrepaidGiveaway")
}
func (*Client) getGiveawayInfo(context.Context, *types.GetGiveawayInfo) (types.GiveawayInfo, error) {
	return nil, notImplemented("getGiveawayInfo")
}
func (*Client) getStarPaymentOptions(context.Context, *types.GetStarPaymentOptions) (*types.StarPaymentOptions, error) {
	return nil, notImplemented("getStarPaymentOptions")
}
func (*Client) getStarGiftPaymentOptions(context.Context, *types.GetStarGiftPaymentOptions) (*types.StarPaymentOptions, error) {
	return nil, notImplemented("getStarGiftPaymentOptions")
}
func (*Client) getStarGiveawayPaymentOptions(context.Context, *types.GetStarGiveawayPaymentOptions) (*types.StarGiveawayPaymentOptions, error) {
	return nil, notImplemented("getStarGiveawayPaymentOptions")
}
func (*Client) getStarTransactions(context.Context, *types.GetStarTransactions) (*types.StarTransactions, error) {
	return nil, notImplemented("getStarTransactions")
}
func (*Client) getStarSubscriptions(context.Context, *types.GetStarSubscriptions) (*types.StarSubscriptions, error) {
	return nil, notImplemented("getStarSubscriptions")
}
func (*Client) canPurchaseFromStore(context.Context, *types.CanPurchaseFromStore) (*types.Ok, error) {
	return nil, notImplemented("canPurchaseFromStore")
}
func (*Client) assignStoreTransaction(context.Context, *types.AssignStoreTransaction) (*types.Ok, error) {
	return nil, notImplemented("assignStoreTransaction")
}
func (*Client) editStarSubscription(context.Context, *types.EditStarSubscription) (*types.Ok, error) {
	return nil, notImplemented("editStarSubscription")
}
func (*Client) editUserStarSubscription(context.Context, *types.EditUserStarSubscription) (*types.Ok, error) {
	return nil, notImplemented("editUserStarSubscription")
}
func (*Client) reuseStarSubscription(context.Context, *types.ReuseStarSubscription) (*types.Ok, error) {
	return nil, notImplemented("reuseStarSubscription")
}
func (*Client) setChatAffiliateProgram(context.Context, *types.SetChatAffiliateProgram) (*types.Ok, error) {
	return nil, notImplemented("setChatAffiliateProgram")
}
func (*Client) searchChatAffiliateProgram(context.Context, *types.SearchChatAffiliateProgram) (*types.Chat, error) {
	return nil, notImplemented("searchChatAffiliateProgram")
}
func (*Client) searchAffiliatePrograms(context.Context, *types.SearchAffiliatePrograms) (*types.FoundAffiliatePrograms, error) {
	return nil, notImplemented("searchAffiliatePrograms")
}
func (*Client) connectAffiliateProgram(context.Context, *types.ConnectAffiliateProgram) (*types.ConnectedAffiliateProgram, error) {
	return nil, notImplemented("connectAffiliateProgram")
}
func (*Client) disconnectAffiliateProgram(context.Context, *types.DisconnectAffiliateProgram) (*types.ConnectedAffiliateProgram, error) {
	return nil, notImplemented("disconnectAffiliateProgram")
}
func (*Client) getConnectedAffiliateProgram(context.Context, *types.GetConnectedAffiliateProgram) (*types.ConnectedAffiliateProgram, error) {
	return nil, notImplemented("getConnectedAffiliateProgram")
}
func (*Client) getConnectedAffiliatePrograms(context.Context, *types.GetConnectedAffiliatePrograms) (*types.ConnectedAffiliatePrograms, error) {
	return nil, notImplemented("getConnectedAffiliatePrograms")
}
func (*Client) getBusinessFeatures(context.Context, *types.GetBusinessFeatures) (*types.BusinessFeatures, error) {
	return nil, notImplemented("getBusinessFeatures")
}
func (*Client) acceptTermsOfService(context.Context, *types.AcceptTermsOfService) (*types.Ok, error) {
	return nil, notImplemented("acceptTermsOfService")
}
func (*Client) sendCustomRequest(context.Context, *types.SendCustomRequest) (*types.CustomRequestResult, error) {
	return nil, notImplemented("sendCustomRequest")
}
func (*Client) answerCustomQuery(context.Context, *types.AnswerCustomQuery) (*types.Ok, error) {
	return nil, notImplemented("answerCustomQuery")
}
func (*Client) getCollectibleItemInfo(context.Context, *types.GetCollectibleItemInfo) (*types.CollectibleItemInfo, error) {
	return nil, notImplemented("getCollectibleItemInfo")
}
func (*Client) getApplicationDownloadLink(context.Context, *types.GetApplicationDownloadLink) (*types.HttpUrl, error) {
	return nil, notImplemented("getApplicationDownloadLink")
}
func (*Client) getUserSupportInfo(context.Context, *types.GetUserSupportInfo) (*types.UserSupportInfo, error) {
	return nil, notImplemented("getUserSupportInfo")
}
func (*Client) setUserSupportInfo(context.Context, *types.SetUserSupportInfo) (*types.UserSupportInfo, error) {
	return nil, notImplemented("setUserSupportInfo")
}
func (*Client) getSupportName(context.Context, *types.GetSupportName) (*types.Text, error) {
	return nil, notImplemented("getSupportName")
}
