package td

import (
	"strings"
	"sync"

	"tdjson/types"
)

// permission is who may call a function, and when.
type permission struct {
	when    when
	bots    bool // a bot may call it
	users   bool // a user may call it
	inline  bool // its handler never waits: it is answered on the thread that asks
	network bool // it is about proxies and the network
}

type when uint8

const (
	whenReady      when = iota // the client is logged in
	whenLogin                  // the parameters are set; the handler looks at the state of the login itself
	whenParameters             // the parameters are set; waits for them
	whenAlways
)

// permissions are by TypeID; made from the lists in gate_table.go at the first request.
var permissions = sync.OnceValue(func() []permission {
	table := make([]permission, types.MaxTypeID)
	for i := range table {
		table[i].users = true
	}
	each(forLogin, func(p *permission) { p.when = whenLogin }, table)
	each(beforeLogin, func(p *permission) { p.when = whenParameters }, table)
	each(beforeParameters, func(p *permission) { p.when = whenAlways }, table)
	each(forAnyone, func(p *permission) { p.bots = true }, table)
	each(forBots, func(p *permission) { p.bots, p.users = true, false }, table)
	each(extensionsForLogin, func(p *permission) { p.when = whenLogin }, table)
	each(extensionsForAnyone, func(p *permission) { p.bots = true }, table)
	each(neverWaiting, func(p *permission) { p.inline = true }, table)
	each(aboutNetwork, func(p *permission) { p.network = true }, table)
	return table
})

// neverWaiting are the functions, besides the synchronous ones, whose handlers neither call the server nor await.
const neverWaiting = `
	close getAuthorizationState getCurrentState getOption setOption getProxies addProxy editProxy enableProxy disableProxy removeProxy
	getNetworkStatistics addNetworkStatistics resetNetworkStatistics getStorageStatistics processPushNotification
	setApplicationVerificationToken
	testCallEmpty testCallString testCallBytes testCallVectorInt testCallVectorIntObject testCallVectorString
	testCallVectorStringObject testSquareInt testUseUpdate getInternalLink getInternalLinkType
`

const aboutNetwork = `
	addProxy editProxy enableProxy disableProxy removeProxy getProxies pingProxy testProxy setNetworkType
	getNetworkStatistics addNetworkStatistics resetNetworkStatistics
`

func each(list string, set func(*permission), table []permission) {
	for name := range strings.FieldsSeq(list) {
		if id, ok := types.FunctionID(name); ok {
			set(&table[id])
		}
	}
}

// permit says with TDLib's error why the client can't be asked for the function now.
func (c *Client) permit(f types.Object) *types.Error {
	return c.permitIn(c.phase, f)
}

func (c *Client) permitIn(ph phase, f types.Object) *types.Error {
	p := &permissions()[f.TypeID()]
	switch {
	case p.when == whenAlways || types.IsSync(f) && !isGetOption(f):
		return nil
	case ph == phaseNew && p.when != whenParameters:
		return types.NewError(400, "Initialization parameters are needed: call setTdlibParameters first")
	case ph == phaseClosing:
		return types.NewError(500, "Request aborted")
	case p.when == whenReady && !c.auth.ready():
		return types.NewError(401, "Unauthorized")
	case c.auth.isBot() && !p.bots:
		return types.NewError(400, "The method is not available to bots")
	case p.when != whenReady:
		return nil
	case !c.auth.bot && !p.users:
		return types.NewError(400, "Only bots can use the method")
	}
	return nil
}

func isGetOption(f types.Object) bool {
	_, ok := f.(*types.GetOption)
	return ok
}
