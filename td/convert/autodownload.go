package convert

import (
	"github.com/gotd/td/tg"

	"tdjson/types"
)

// What is ever downloaded by itself, in bytes.
const (
	maxPhoto    = 10 << 20
	maxDocument = 1 << 52
)

// AutoDownloadSettingsPresets converts what the server proposes to download.
func AutoDownloadSettingsPresets(s *tg.AccountAutoDownloadSettings) *types.AutoDownloadSettingsPresets {
	return &types.AutoDownloadSettingsPresets{
		Low: autoDownloadSettings(&s.Low), Medium: autoDownloadSettings(&s.Medium), High: autoDownloadSettings(&s.High),
	}
}

func autoDownloadSettings(s *tg.AutoDownloadSettings) *types.AutoDownloadSettings {
	return &types.AutoDownloadSettings{
		IsAutoDownloadEnabled: !s.Disabled,
		MaxPhotoFileSize:      int32(min(max(s.PhotoSizeMax, 0), maxPhoto)),
		MaxVideoFileSize:      min(max(s.VideoSizeMax, 0), maxDocument),
		MaxOtherFileSize:      min(max(s.FileSizeMax, 0), maxDocument),
		VideoUploadBitrate:    int32(s.VideoUploadMaxbitrate),
		PreloadLargeVideos:    s.VideoPreloadLarge,
		PreloadNextAudio:      s.AudioPreloadNext,
		PreloadStories:        s.StoriesPreload,
		UseLessDataForCalls:   s.PhonecallsLessData,
	}
}

// InputAutoDownloadSettings converts what is to be downloaded, as it is.
func InputAutoDownloadSettings(s *types.AutoDownloadSettings) tg.AutoDownloadSettings {
	return tg.AutoDownloadSettings{
		Disabled:              !s.IsAutoDownloadEnabled,
		PhotoSizeMax:          int(s.MaxPhotoFileSize),
		VideoSizeMax:          s.MaxVideoFileSize,
		FileSizeMax:           s.MaxOtherFileSize,
		VideoUploadMaxbitrate: int(s.VideoUploadBitrate),
		VideoPreloadLarge:     s.PreloadLargeVideos,
		AudioPreloadNext:      s.PreloadNextAudio,
		StoriesPreload:        s.PreloadStories,
		PhonecallsLessData:    s.UseLessDataForCalls,
	}
}
