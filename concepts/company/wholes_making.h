#pragma once
// How wholes are found: pairs of parts are joined as long as that shortens the life's code.

#include <functional>
#include <optional>
#include <span>

#include "concepts/company/wholes.h"

namespace noema::concepts::company {

struct WholeOptions {
  std::uint64_t most_units = std::uint64_t{1} << 24;  ///< that are read; of more, episodes evenly spaced
  std::size_t longest = 16;                           ///< units of a whole
  double least_occurrences = 3;
  int rounds = 12;           ///< of joining
  double joined_share = .5;  ///< of the pairs that pay, the best, are joined in a round
  int readings = 2;          ///< of everything anew, each with the wholes that then pay
};

/// The code of N parts of which each occurs n times, in nats: N ln N - sum n ln n.
double nats_of_counts(std::span<const double> counts);

/// The occurrences of two parts, of both together, and of all parts.
struct PairCounts {
  double left = 0, right = 0, together = 0, all = 0;
  bool same = false;  ///< both parts are one, and left and right its occurrences
};
/// By how many nats the code of the counts is shorter if each occurrence of the pair becomes one part.
double gain_of_joining(const PairCounts& counts);
/// What it takes to say once that there is this whole: its parts in the code, and ln(all) for its count.
double price_of_joining(const PairCounts& counts);

/// Wholes of everything that was told. Marks (units without letters, digits or ideographs) are parts of none. Each
/// round counts the pairs of parts that stand side by side and joins the best of those whose gain is beyond their
/// price; where two such pairs overlap, the better one. Then everything is read anew as its shortest telling, and the
/// wholes that do not pay are taken back. `keep_on` is asked every now and then; absent if it said no. 16 bytes a unit;
/// O(units log units) a round.
std::optional<Wholes> make_wholes(const Episodes& episodes, const NameUnit& names, const WholeOptions& options = {},
                                  const std::function<bool()>& keep_on = {});

}  // namespace noema::concepts::company
