package td

import (
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"maps"
	"net"
	"os"
	"slices"
	"strconv"

	"github.com/goccy/go-json"
	"github.com/gotd/td/exchange"

	"tdjson/td/mtproto"
)

// servers are the data centers of a network and the keys by which they are known.
type servers struct {
	keys  []exchange.PublicKey
	addrs map[int][]mtproto.Addr
	first int  // the data center that a new client talks to
	local bool // they are those of TDJSON_TEST_SERVER
}

// Telegram's public keys, as every client carries them.
const (
	productionKey = `-----BEGIN RSA PUBLIC KEY-----
MIIBCgKCAQEA6LszBcC1LGzyr992NzE0ieY+BSaOW622Aa9Bd4ZHLl+TuFQ4lo4g
5nKaMBwK/BIb9xUfg0Q29/2mgIR6Zr9krM7HjuIcCzFvDtr+L0GQjae9H0pRB2OO
62cECs5HKhT5DZ98K33vmWiLowc621dQuwKWSQKjWf50XYFw42h21P2KXUGyp2y/
+aEyZ+uVgLLQbRA1dEjSDZ2iGRy12Mk5gpYc397aYp438fsJoHIgJ2lgMv5h7WY9
t6N/byY9Nw9p21Og3AoXSL2q/2IJ1WRUhebgAdGVMlV1fkuOQoEzR7EdpqtQD9Cs
5+bfo3Nhmcyvk5ftB0WkJ9z6bNZ7yxrP8wIDAQAB
-----END RSA PUBLIC KEY-----`
	testKey = `-----BEGIN RSA PUBLIC KEY-----
MIIBCgKCAQEAyMEdY1aR+sCR3ZSJrtztKTKqigvO/vBfqACJLZtS7QMgCGXJ6XIR
yy7mx66W0/sOFa7/1mAZtEoIokDP3ShoqF4fVNb6XeqgQfaUHd8wJpDWHcR2OFwv
plUUI1PLTktZ9uW2WE23b+ixNwJjJGwBDJPQEQFBE+vfmH0JP503wr5INS1poWg/
j25sIWeYPHYeOrFp/eXaqhISP6G+q2IeTaWTXpwZj4LzXq5YOpk4bYEQ6mvRq7D1
aHWfYmlEGepfaYR8Q0YqvvhYtMte3ITnuSJs171+GDqpdKcSwHnd6FudwGO4pcCO
j4WcDuXc2CTHgH8gFTNhp/Y8/SpDOhvn9QIDAQAB
-----END RSA PUBLIC KEY-----`
)

// Of the data centers, the addresses of IPv4 and, tried after those, of IPv6.
var (
	productionHosts = map[int][]string{
		1: {"149.154.175.50"}, 2: {"149.154.167.51", "95.161.76.100"}, 3: {"149.154.175.100"}, 4: {"149.154.167.91"}, 5: {"149.154.171.5"},
	}
	productionHosts6 = map[int][]string{
		1: {"2001:b28:f23d:f001::a"}, 2: {"2001:67c:4e8:f002::a"}, 3: {"2001:b28:f23d:f003::a"}, 4: {"2001:67c:4e8:f004::a"}, 5: {"2001:b28:f23f:f005::a"},
	}
	testHosts  = map[int][]string{1: {"149.154.175.10"}, 2: {"149.154.167.40"}, 3: {"149.154.175.117"}}
	testHosts6 = map[int][]string{1: {"2001:b28:f23d:f001::e"}, 2: {"2001:67c:4e8:f002::e"}, 3: {"2001:b28:f23d:f003::e"}}
)

// telegramPorts are those at which Telegram's servers listen, in the order in which they are tried.
var telegramPorts = []int{443, 80, 5222}

// testServerVariable names the file that says where a local server is; it counts only with use_test_dc.
const testServerVariable = "TDJSON_TEST_SERVER"

// findServers are Telegram's data centers, or its test ones; local names the file of a local server to be used in their place.
func findServers(test bool, local string) (*servers, error) {
	key, first := productionKey, 2
	hosts := []map[int][]string{productionHosts, productionHosts6}
	if test {
		key, first = testKey, 1
		hosts = []map[int][]string{testHosts, testHosts6}
	}
	s := &servers{addrs: map[int][]mtproto.Addr{}, first: first}
	if err := s.trust(key); err != nil {
		return nil, err
	}
	for _, family := range hosts {
		for dc, list := range family {
			for _, port := range telegramPorts {
				for _, host := range list {
					s.addrs[dc] = append(s.addrs[dc], mtproto.Addr{Address: net.JoinHostPort(host, strconv.Itoa(port))})
				}
			}
		}
	}
	if test && local != "" {
		if err := s.readLocal(local); err != nil {
			return nil, fmt.Errorf("%s: %w", testServerVariable, err)
		}
	}
	return s, nil
}

func (s *servers) trust(text string) error {
	block, _ := pem.Decode([]byte(text))
	if block == nil {
		return errors.New("a public key is not in PEM form")
	}
	key, err := x509.ParsePKCS1PublicKey(block.Bytes)
	if err != nil {
		return fmt.Errorf("a public key is not PKCS#1: %w", err)
	}
	s.keys = append(s.keys, exchange.PublicKey{RSA: (*rsa.PublicKey)(key)})
	return nil
}

// readLocal adds a local server's keys and puts its addresses in place of Telegram's.
func (s *servers) readLocal(path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var file struct {
		PublicKeys []string `json:"public_keys"`
		DCs        []struct {
			ID      int    `json:"id"`
			Address string `json:"address"`
			Port    int    `json:"port"`
		} `json:"dcs"`
	}
	if err := json.Unmarshal(text, &file); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	for _, key := range file.PublicKeys {
		if err := s.trust(key); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
	local := map[int][]mtproto.Addr{}
	for i, dc := range file.DCs {
		if dc.ID < 1 || dc.Address == "" || dc.Port < 1 || dc.Port > 65535 {
			return fmt.Errorf("%s: dcs[%d] must have an id, an address and a port", path, i)
		}
		local[dc.ID] = append(local[dc.ID], mtproto.Addr{Address: net.JoinHostPort(dc.Address, strconv.Itoa(dc.Port))})
	}
	if len(local) == 0 {
		return fmt.Errorf("%s: dcs must name a data center", path)
	}
	s.local = true
	s.addrs, s.first = local, slices.Min(slices.Collect(maps.Keys(local)))
	return nil
}
