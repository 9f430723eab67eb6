#pragma once
// Logarithms whose bits do not depend on the C library: every gain of a thought is made of these.

#include <cstdint>

namespace noema::base {

/// Natural logarithm of x > 0, by frexp and the series of atanh; within 2 ulp. Only +, -, *, / on doubles, so every
/// IEEE machine gives the same bits.
double exact_log(double x);

/// ln Gamma(x) for x > 0, absolute error below 1e-11 * max(1, x). Shift to x >= 16, then Stirling's series
/// (Abramowitz & Stegun 6.1.41), on exact_log.
double log_gamma(double x);

inline constexpr double kLn2 = 0.69314718055994530942;

/// Bits from nats.
inline double bits_of(double nats) { return nats / kLn2; }

}  // namespace noema::base
