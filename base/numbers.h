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

/// Whether white space parts a text into words, so that numbers per word mean something. It does if lines hold more
/// than one white-space word on average (1.5 of the lines that hold any) and words have at most 25 characters on
/// average. Chinese, Japanese, Thai or Khmer without spaces have about one "word" a line or clause; no script or
/// language is looked at. characters include line ends; lines may be empty.
bool has_words(std::uint64_t words, std::uint64_t lines, std::uint64_t characters);

}  // namespace noema::base
