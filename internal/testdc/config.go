package testdc

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/gotd/td/tg"
)

// configLife is after how many seconds clients ask for help.getConfig again.
const configLife = 3600

func (s *Server) registerConfig(d *tg.ServerDispatcher) {
	d.OnHelpGetConfig(s.helpGetConfig)
	d.OnHelpGetNearestDC(s.helpGetNearestDC)
	d.OnHelpGetAppConfig(func(context.Context, int) (tg.HelpAppConfigClass, error) {
		return &tg.HelpAppConfig{Hash: 1, Config: &s.appConfig}, nil
	})
	d.OnHelpGetCDNConfig(func(context.Context) (*tg.CDNConfig, error) { return &tg.CDNConfig{}, nil })
	d.OnLangpackGetLangPack(func(_ context.Context, req *tg.LangpackGetLangPackRequest) (*tg.LangPackDifference, error) {
		return &tg.LangPackDifference{LangCode: req.LangCode}, nil
	})
	d.OnLangpackGetDifference(func(_ context.Context, req *tg.LangpackGetDifferenceRequest) (*tg.LangPackDifference, error) {
		return &tg.LangPackDifference{LangCode: req.LangCode, FromVersion: req.FromVersion, Version: req.FromVersion}, nil
	})
	d.OnLangpackGetStrings(func(context.Context, *tg.LangpackGetStringsRequest) ([]tg.LangPackStringClass, error) {
		return nil, nil
	})
	d.OnLangpackGetLanguages(func(context.Context, string) ([]tg.LangPackLanguage, error) {
		return []tg.LangPackLanguage{english()}, nil
	})
	d.OnLangpackGetLanguage(func(_ context.Context, req *tg.LangpackGetLanguageRequest) (*tg.LangPackLanguage, error) {
		if req.LangCode != "en" {
			return nil, rpcError(400, "LANG_CODE_NOT_SUPPORTED")
		}
		l := english()
		return &l, nil
	})
}

func (s *Server) helpGetNearestDC(ctx context.Context) (*tg.NearestDC, error) {
	dc := callOf(ctx).sess.key.dc
	return &tg.NearestDC{Country: "US", ThisDC: dc, NearestDC: dc}, nil
}

// helpGetConfig answers what Telegram's test data centers answer, with the server's own addresses.
func (s *Server) helpGetConfig(ctx context.Context) (*tg.Config, error) {
	now := s.unix()
	c := &tg.Config{
		Date: now, Expires: now + configLife, TestMode: true, ThisDC: callOf(ctx).sess.key.dc,
		DCTxtDomainName: "tapv3.stel.com", DefaultP2PContacts: true, PreloadFeaturedStickers: true, RevokePmInbox: true,
		ChatSizeMax: 200, MegagroupSizeMax: 200000, ForwardedCountMax: 100,
		OnlineUpdatePeriodMs: 210000, OfflineBlurTimeoutMs: 5000, OfflineIdleTimeoutMs: 30000, OnlineCloudTimeoutMs: 300000,
		NotifyCloudDelayMs: 30000, NotifyDefaultDelayMs: 1500, PushChatPeriodMs: 60000, PushChatLimit: 2,
		EditTimeLimit: 172800, RevokeTimeLimit: 2147483647, RevokePmTimeLimit: 2147483647, RatingEDecay: 2419200,
		StickersRecentLimit: 200, ChannelsReadMediaPeriod: 604800,
		CallReceiveTimeoutMs: 20000, CallRingTimeoutMs: 90000, CallConnectTimeoutMs: 30000, CallPacketTimeoutMs: 10000,
		MeURLPrefix: "https://t.me/", CaptionLengthMax: 1024, MessageLengthMax: 4096, WebfileDCID: 2,
	}
	c.SetGifSearchUsername("gif")
	c.SetVenueSearchUsername("foursquare")
	c.SetImgSearchUsername("bing")
	for dc := 1; dc <= dcCount; dc++ {
		c.DCOptions = append(c.DCOptions, tg.DCOption{ID: dc, IPAddress: s.host(), Port: s.dcs[dc].port})
	}
	return c, nil
}

// SetAppConfig changes what help.getAppConfig answers from now on: a JSON object.
func (s *Server) SetAppConfig(text string) error {
	config, err := appConfig(text)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.appConfig = config
	return nil
}

// appConfig reads an object, whose members come in the order of their names.
func appConfig(text string) (tg.JSONObject, error) {
	var members map[string]any
	if err := json.Unmarshal([]byte(text), &members); err != nil {
		return tg.JSONObject{}, fmt.Errorf("testdc: the configuration of applications: %w", err)
	}
	return *serverJSON(members).(*tg.JSONObject), nil
}

// serverJSON turns Go's JSON into Telegram's.
func serverJSON(v any) tg.JSONValueClass {
	switch v := v.(type) {
	case bool:
		return &tg.JSONBool{Value: v}
	case float64:
		return &tg.JSONNumber{Value: v}
	case string:
		return &tg.JSONString{Value: v}
	case []any:
		list := &tg.JSONArray{}
		for _, e := range v {
			list.Value = append(list.Value, serverJSON(e))
		}
		return list
	case map[string]any:
		object := &tg.JSONObject{}
		for _, key := range slices.Sorted(maps.Keys(v)) {
			object.Value = append(object.Value, tg.JSONObjectValue{Key: key, Value: serverJSON(v[key])})
		}
		return object
	}
	return &tg.JSONNull{}
}

func english() tg.LangPackLanguage {
	return tg.LangPackLanguage{
		Official: true, Name: "English", NativeName: "English", LangCode: "en", PluralCode: "en",
		TranslationsURL: "https://translations.telegram.org/en/",
	}
}
