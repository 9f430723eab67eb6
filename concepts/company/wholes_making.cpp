#include "concepts/company/wholes_making.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"

namespace noema::concepts::company {
namespace {

struct StoppedJoining {};

double n_log_n(double n) { return n > 0 ? n * std::log(n) : 0; }

/// The units that have names, by how often they occur, and how many units there are in all.
struct NamedUnits {
  std::vector<WholeUnit> units;
  std::vector<bool> is_mark;
  Vocabulary vocabulary;
};

NamedUnits named_units(const Episodes& episodes, const NameUnit& names) {
  constexpr std::size_t kAll = ~std::size_t{0};
  NamedUnits named;
  const Vocabulary all = commonest_units(episodes, kAll, 1);
  std::vector<std::pair<ConceptId, std::uint64_t>> words;
  for (Word word = 0; word < all.size(); ++word) {
    auto name = names(all.unit(word));
    if (!name) continue;
    words.emplace_back(all.unit(word), all.occurrences(word));
    named.is_mark.push_back(base::is_mark(name->identity));
    named.units.push_back({std::move(*name), 0});
  }
  named.vocabulary = Vocabulary(all.units(), std::move(words));
  return named;
}

/// A pair of parts as one number; pairs ascend by the left part, then by the right one.
using PairKey = std::uint64_t;
PairKey pair_of(Part left, Part right) { return PairKey{left} << 32 | right; }
Part left_of(PairKey pair) { return static_cast<Part>(pair >> 32); }
Part right_of(PairKey pair) { return static_cast<Part>(pair); }

/// The parts of everything that was told, as far as they are joined; episodes end with kNoPart.
class JoinedParts {
 public:
  JoinedParts(NamedUnits named, const Episodes& episodes, const WholeOptions& options,
              const std::function<bool()>& keep_on)
      : named_(std::move(named)), options_(options), keep_on_(keep_on), lengths_(named_.units.size(), 1) {
    const std::uint64_t step = 1 + named_.vocabulary.units() / std::max<std::uint64_t>(options.most_units, 1);
    std::uint64_t number = 0;
    episodes([&](std::span<const ConceptId> episode) {
      if (number++ % step != 0) return;
      ask();
      for (const ConceptId unit : episode) units_.push_back(named_.vocabulary.find(unit));
      units_.push_back(kNoPart);
    });
    parts_ = units_;
    count();
  }

  /// Joins the pairs that are best; false if none pays.
  bool join_round() {
    std::vector<Offer> offers = offers_that_pay();
    if (offers.empty()) return false;
    const auto better = [](const Offer& a, const Offer& b) {
      return a.nats != b.nats ? a.nats > b.nats : a.pair < b.pair;
    };
    std::sort(offers.begin(), offers.end(), better);
    const auto wanted = std::ceil(options_.joined_share * static_cast<double>(offers.size()));
    offers.resize(std::min(offers.size(), static_cast<std::size_t>(wanted)));
    std::unordered_map<PairKey, Part> joined;  // the better the pair, the lower its number
    for (const Offer& offer : offers) {
      joined.emplace(offer.pair, static_cast<Part>(lengths_.size()));
      lengths_.push_back(lengths_[left_of(offer.pair)] + lengths_[right_of(offer.pair)]);
      wholes_.push_back({left_of(offer.pair), right_of(offer.pair), 0, 0});
    }
    replace(joined);
    count();
    return true;
  }

  /// Takes back the wholes that do not pay, the newest first, and reads everything anew by the others.
  void read_anew() {
    take_back();
    const Wholes known = result();
    parts_.clear();
    std::vector<Part> episode;
    for (const Part unit : units_) {
      if (unit != kNoPart) {
        episode.push_back(unit);
        continue;
      }
      ask();
      for (const Part part : known.shortest(episode)) parts_.push_back(part);
      parts_.push_back(kNoPart);
      episode.clear();
    }
    count();
  }

  /// With what each whole saves.
  Wholes finished() {
    take_back();
    const Wholes known = result();
    for (std::size_t i = 0; i < wholes_.size(); ++i) {
      const auto whole = static_cast<Part>(named_.units.size() + i);
      double bits = 0;
      for (const Part part : known.shortest_without(known.spelled(whole), whole)) bits += known.bits(part);
      wholes_[i].saving = bits - known.bits(whole);
    }
    return result();
  }

 private:
  struct Offer {
    double nats = 0;
    PairKey pair = 0;
  };

  Wholes result() {
    std::vector<WholeUnit> units = named_.units;
    std::vector<Whole> wholes = wholes_;
    for (std::size_t i = 0; i < units.size(); ++i) units[i].occurrences = static_cast<std::uint64_t>(counts_[i]);
    for (std::size_t i = 0; i < wholes.size(); ++i)
      wholes[i].occurrences = static_cast<std::uint64_t>(counts_[units.size() + i]);
    return {std::move(units), std::move(wholes)};
  }

  void count() {
    counts_.assign(lengths_.size(), 0);
    all_ = 0;
    for (const Part part : parts_)
      if (part != kNoPart) ++counts_[part], ++all_;
  }

  bool may_be_joined(Part part) const {
    return part != kNoPart && counts_[part] >= options_.least_occurrences &&
           !(part < named_.is_mark.size() && named_.is_mark[part]);
  }

  std::vector<Offer> offers_that_pay() {
    std::vector<PairKey> pairs;
    for (std::size_t i = 0; i + 1 < parts_.size(); ++i) {
      if (i % 4096 == 0) ask();
      const Part left = parts_[i], right = parts_[i + 1];
      if (!may_be_joined(left) || !may_be_joined(right)) continue;
      if (lengths_[left] + lengths_[right] > options_.longest) continue;
      pairs.push_back(pair_of(left, right));
      if (left == right && i + 2 < parts_.size() && parts_[i + 2] == left) ++i;  // of three, two are a pair
    }
    std::sort(pairs.begin(), pairs.end());
    std::vector<Offer> offers;
    for (auto begin = pairs.begin(); begin != pairs.end();) {
      const auto end = std::upper_bound(begin, pairs.end(), *begin);
      const auto together = static_cast<double>(end - begin);
      if (together >= options_.least_occurrences) {
        const PairCounts counts = counts_of(left_of(*begin), right_of(*begin), together);
        if (const double nats = gain_of_joining(counts) - price_of_joining(counts); nats > 0)
          offers.push_back({nats, *begin});
      }
      begin = end;
    }
    return offers;
  }

  PairCounts counts_of(Part left, Part right, double together) const {
    return {counts_[left], counts_[right], together, all_, left == right};
  }

  void replace(const std::unordered_map<PairKey, Part>& joined) {
    const auto whole_at = [&](std::size_t i) {
      if (i + 1 >= parts_.size() || parts_[i] == kNoPart || parts_[i + 1] == kNoPart) return kNoPart;
      const auto found = joined.find(pair_of(parts_[i], parts_[i + 1]));
      return found == joined.end() ? kNoPart : found->second;
    };
    std::size_t kept = 0;
    for (std::size_t i = 0; i < parts_.size();) {
      const Part whole = whole_at(i);
      const bool joins = whole != kNoPart && whole <= whole_at(i + 1);
      parts_[kept++] = joins ? whole : parts_[i];
      i += joins ? 2 : 1;
    }
    parts_.resize(kept);
  }

  /// From the newest on, so that what a whole gives back counts for its parts. One that is a part of a whole that stays
  /// stays as such, with no occurrence of its own.
  void take_back() {
    const std::size_t units = named_.units.size();
    std::vector<bool> used(lengths_.size(), false), kept(lengths_.size(), true);
    for (std::size_t i = wholes_.size(); i-- > 0;) {
      const std::size_t number = units + i;
      const Whole& whole = wholes_[i];
      const double n = counts_[number];
      PairCounts before = counts_of(whole.left, whole.right, n);
      before.left += before.same ? 2 * n : n;
      before.right += before.same ? 2 * n : n;
      before.all += n;
      const bool pays = n >= options_.least_occurrences && gain_of_joining(before) > price_of_joining(before);
      if (!pays) {
        counts_[whole.left] += n;
        counts_[whole.right] += n;
        all_ += n;
        counts_[number] = 0;
      }
      kept[number] = pays || used[number];
      if (kept[number]) used[whole.left] = used[whole.right] = true;
    }
    renumber(kept);
  }

  void renumber(const std::vector<bool>& kept) {
    std::vector<Part> numbers(lengths_.size(), kNoPart);
    std::size_t next = 0;
    for (std::size_t i = 0; i < lengths_.size(); ++i) {
      if (!kept[i]) continue;
      numbers[i] = static_cast<Part>(next);
      lengths_[next] = lengths_[i];
      counts_[next] = counts_[i];
      if (const std::size_t units = named_.units.size(); i >= units)
        wholes_[next - units] = {numbers[wholes_[i - units].left], numbers[wholes_[i - units].right], 0, 0};
      ++next;
    }
    lengths_.resize(next);
    counts_.resize(next);
    wholes_.resize(next - named_.units.size());
  }

  void ask() {
    if (++asked_ % 1024 == 0 && keep_on_ && !keep_on_()) throw StoppedJoining{};
  }

  NamedUnits named_;
  const WholeOptions& options_;
  const std::function<bool()>& keep_on_;
  std::vector<std::size_t> lengths_;  // in units, of parts
  std::vector<Whole> wholes_;
  std::vector<Part> units_, parts_;
  std::vector<double> counts_;  // of parts
  double all_ = 0;
  std::uint64_t asked_ = 0;
};

}  // namespace

double nats_of_counts(std::span<const double> counts) {
  double all = 0, sum = 0;
  for (const double count : counts) all += count, sum += n_log_n(count);
  return n_log_n(all) - sum;
}

double gain_of_joining(const PairCounts& counts) {
  const auto& [left, right, together, all, same] = counts;
  const double parts_before = same ? n_log_n(left) : n_log_n(left) + n_log_n(right);
  const double parts_after = same ? n_log_n(left - 2 * together) : n_log_n(left - together) + n_log_n(right - together);
  return n_log_n(all) - parts_before - (n_log_n(all - together) - parts_after - n_log_n(together));
}

double price_of_joining(const PairCounts& counts) {
  return std::log(counts.all / counts.left) + std::log(counts.all / counts.right) + std::log(counts.all);
}

std::optional<Wholes> make_wholes(const Episodes& episodes, const NameUnit& names, const WholeOptions& options,
                                  const std::function<bool()>& keep_on) {
  try {
    JoinedParts parts(named_units(episodes, names), episodes, options, keep_on);
    for (int round = 0; round < options.rounds && parts.join_round(); ++round) continue;
    for (int reading = 0; reading < options.readings; ++reading) parts.read_anew();
    return parts.finished();
  } catch (const StoppedJoining&) {
    return std::nullopt;
  }
}

}  // namespace noema::concepts::company
