package mtproto

import (
	"encoding/hex"
	"errors"
	"math/big"
	"sync"

	"github.com/gotd/td/crypto"
)

// telegramPrime is the Diffie-Hellman prime that all data centers send.
const telegramPrime = "c71caeb9c6b1c9048e6c522f70f13f73980d40238e3e21c14934d037563d930f" +
	"48198a0aa7c14058229493d22530f4dbfa336f6e0ac925139543aed44cce7c37" +
	"20fd51f69458705ac68cd4fe6b6b13abdc9746512969328454f18faf8c595f64" +
	"2477fe96bb2a941d5bcd1d4ac8cc49880708fa9b378e3c4f3a9060bee67cf9a4" +
	"a4a695811051907e162753b56b0f6b410dba74d8a84b2a14b3144e0ef1284754" +
	"fd17ed950d5965b4b9dd46582db1178d169c6bc465b0d6ff9ca3928fef5b9ae4" +
	"e418fc15e83ebea0f87fa9ff5eed70050ded2849f47bf959d956850ce929851f" +
	"0d8115f635b105ee2e4e15d04b2454bf6f4fadf034b10403119cd8e3b92fcc5b"

// maxPrimes bounds what Primes keeps of primes that only odd servers send.
const maxPrimes = 16

// Primes tells good Diffie-Hellman primes and remembers them, since a test takes a third of a second.
// Telegram's own is known from the start. The zero value is ready; it may be shared by all sessions of a process.
type Primes struct {
	mu   sync.Mutex
	good map[string]struct{}
}

// Check reports an error unless p is a safe prime of 2048 bits in which g makes the subgroup of order (p-1)/2.
func (c *Primes) Check(g int, p *big.Int) error {
	if p.BitLen() != crypto.RSAKeyBits {
		return errors.New("dh_prime is not a number of 2048 bits")
	}
	if err := crypto.CheckGP(g, p); err != nil {
		return err
	}
	name := hex.EncodeToString(p.Bytes())
	if name == telegramPrime || c.known(name) {
		return nil
	}
	if err := crypto.CheckDH(g, p); err != nil {
		return err
	}
	c.remember(name)
	return nil
}

func (c *Primes) known(name string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	_, ok := c.good[name]
	return ok
}

func (c *Primes) remember(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.good == nil || len(c.good) >= maxPrimes {
		c.good = make(map[string]struct{})
	}
	c.good[name] = struct{}{}
}
