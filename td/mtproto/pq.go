package mtproto

import (
	"errors"
	"math/big"
	"math/bits"
)

var errBadPQ = errors.New("server sent a pq that is no product of two primes")

// factor splits pq = p*q, p <= q, with Brent's form of Pollard's rho. A pq that does not split in the work
// that a product of two 32-bit primes can need is refused.
func factor(pq uint64) (p, q uint64, err error) {
	if pq < 4 {
		return 0, 0, errBadPQ
	}
	if pq%2 == 0 {
		return 2, pq / 2, nil
	}
	if new(big.Int).SetUint64(pq).ProbablyPrime(0) { // exact for 64 bits; a prime would be walked in vain
		return 0, 0, errBadPQ
	}
	m := newMontgomery(pq)
	for c := uint64(1); c <= 8; c++ {
		if d := m.rho(c); d > 1 && d < pq {
			return min(d, pq/d), max(d, pq/d), nil
		}
	}
	return 0, 0, errBadPQ
}

// montgomery multiplies modulo an odd n without dividing.
type montgomery struct {
	n, inv uint64
}

func newMontgomery(n uint64) montgomery {
	inv := n // right in the low three bits; each step doubles them
	for range 5 {
		inv *= 2 - n*inv
	}
	return montgomery{n: n, inv: -inv}
}

// mul returns a*b/2^64 mod n for a, b < n.
func (m montgomery) mul(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a, b)
	mh, ml := bits.Mul64(lo*m.inv, m.n)
	_, carry := bits.Add64(lo, ml, 0)
	sum, over := bits.Add64(hi, mh, carry)
	if over != 0 || sum >= m.n {
		sum -= m.n
	}
	return sum
}

// next is the pseudo-random walk x*x + c.
func (m montgomery) next(x, c uint64) uint64 {
	x = m.mul(x, x)
	sum, over := bits.Add64(x, c, 0)
	if over != 0 || sum >= m.n {
		sum -= m.n
	}
	return sum
}

func absDiff(a, b uint64) uint64 {
	if a > b {
		return a - b
	}
	return b - a
}

// rho looks for a divisor along one walk; 1 or n is no result.
func (m montgomery) rho(c uint64) uint64 {
	const (
		batch = 128     // differences multiplied between two gcds
		limit = 1 << 20 // about sixteen times what factors of 32 bits are expected to need
	)
	c %= m.n
	y, x, back := uint64(2)%m.n, uint64(0), uint64(0)
	d, prod := uint64(1), uint64(1)
	for r := 1; d == 1 && r < limit; r *= 2 {
		x = y
		for range r {
			y = m.next(y, c)
		}
		for k := 0; k < r && d == 1; k += batch {
			back = y
			for range min(batch, r-k) {
				y = m.next(y, c)
				prod = m.mul(prod, absDiff(x, y))
			}
			d = gcd(prod, m.n)
		}
	}
	if d != m.n {
		return d
	}
	// Both factors fell into one batch: walk it again step by step.
	for d = 1; d == 1; {
		back = m.next(back, c)
		d = gcd(absDiff(x, back), m.n)
	}
	return d
}

func gcd(a, b uint64) uint64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}
