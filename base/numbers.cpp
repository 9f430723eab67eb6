#include "base/numbers.h"

#include <cmath>

#include "base/error.h"

namespace noema::base {

double exact_log(double x) {
  check(x > 0 && std::isfinite(x), "exact_log needs a finite number above 0");
  int exponent = 0;
  double m = std::frexp(x, &exponent);  // m in [1/2, 1)
  if (m < 0.70710678118654752440) {
    m *= 2;
    --exponent;
  }
  const double s = (m - 1) / (m + 1);  // |s| <= 0.1716
  const double s2 = s * s;
  double series = 0;
  for (int k = 21; k >= 1; k -= 2) series = series * s2 + 1.0 / k;
  return exponent * kLn2 + 2 * s * series;
}

double log_gamma(double x) {
  check(x > 0 && std::isfinite(x), "log_gamma needs a finite number above 0");
  double product = 1;
  double shift = 0;
  while (x < 16) {
    product *= x;
    x += 1;
  }
  shift = exact_log(product);
  const double inverse = 1 / x;
  const double inverse2 = inverse * inverse;
  const double series =
      inverse * (1.0 / 12 + inverse2 * (-1.0 / 360 +
                                        inverse2 * (1.0 / 1260 + inverse2 * (-1.0 / 1680 + inverse2 * (1.0 / 1188)))));
  constexpr double kHalfLogTwoPi = 0.91893853320467274178;
  return (x - 0.5) * exact_log(x) - x + kHalfLogTwoPi + series - shift;
}

bool has_words(std::uint64_t words, std::uint64_t lines, std::uint64_t characters) {
  constexpr double kLeastWordsOfLine = 1.5, kMostCharactersOfWord = 25;
  const double w = static_cast<double>(words);
  return w >= kLeastWordsOfLine * static_cast<double>(lines) &&
         static_cast<double>(characters) <= kMostCharactersOfWord * w && words > 0;
}

}  // namespace noema::base
