#include "concepts/facts/gathering.h"

#include <algorithm>
#include <map>
#include <utility>

#include "concepts/facts/holding.h"

namespace noema::concepts::facts {
namespace {

constexpr double kFirstRate = 0.1;           ///< of a thing told of in a way that was never met
constexpr double kStrength = 2;              ///< things that the rate of a more general key counts for
constexpr double kLeastRate = 0.5;           ///< of a part
constexpr std::size_t kMostWithout = 12;     ///< answers without parts that are counted
constexpr std::size_t kMostFillerWords = 4;  ///< of a filler whose parts may be things

/// A filler, and the things inside it.
std::vector<Thing> things_in(const Told& told, Thing filler) {
  std::vector<Thing> found{filler};
  const Words& words = told.words_of(filler);
  if (words.size() > kMostFillerWords) return found;
  for (std::size_t begin = 0; begin < words.size(); ++begin)
    for (std::size_t end = begin + 1; end <= words.size(); ++end)
      if (end - begin < words.size())
        if (const auto part = told.thing_of(
                {words.begin() + static_cast<std::ptrdiff_t>(begin), words.begin() + static_cast<std::ptrdiff_t>(end)}))
          found.push_back(*part);
  return found;
}

/// Finds the things beside one name.
class Finder {
 public:
  Finder(const Told& told, const Scene& scene, Key start, const Words& name)
      : told_(told), scene_(scene), start_(start), name_(name) {}

  void find(std::vector<Candidate>& found) {
    for (std::size_t at = scene_.size(); at-- > 0;)
      for (const Description& here : scene_[at].descriptions) {
        const auto name = name_held_by(told_, here, name_);
        if (!name) continue;
        for (std::uint32_t slot = 0; slot < here.fillers.size(); ++slot)
          if (slot != name->slot) look_at(at, here, *name, slot, found);
      }
  }

 private:
  void look_at(std::size_t at, const Description& here, const Holding& name, std::uint32_t slot,
               std::vector<Candidate>& found) {
    const std::vector<Thing> things = things_in(told_, here.fillers[slot]);
    for (const Thing thing : things) {
      if (told_.words_of(thing) == name_) continue;
      const auto [known, is_new] = place_of_.try_emplace(thing, found.size());
      if (is_new) found.push_back(candidate(at, here, name, slot, thing, things.size() > 1));
      found[known->second].since = scene_[at].number;
    }
  }

  /// `has_parts`: whether the filler holds other things.
  Candidate candidate(std::size_t at, const Description& here, const Holding& name, std::uint32_t slot, Thing thing,
                      bool has_parts) const {
    Candidate one{thing, {scene_[at].number, here.form, slot}};
    const Words& words = told_.words_of(thing);
    const Key around = mixed({held_by(told_, here, words)->around, has_parts});
    one.keys[0] = mixed({start_, key_of(here), name.slot, name.around, slot, around});
    one.keys[1] = with_fillers_beside(one.keys[0], here, 1U << slot | name.bit());
    one.keys[2] = mixed({one.keys[1], since(at, words)});
    return one;
  }

  /// What the newest sentence says that holds the thing, if it is a newer one.
  Key since(std::size_t at, const Words& words) const {
    for (std::size_t later = scene_.size(); --later > at;)
      for (const Description& there : scene_[later].descriptions)
        if (const auto holding = held_by(told_, there, words))
          return mixed({key_of(there), holding->slot, holding->around});
    return 0;
  }

  const Told& told_;
  const Scene& scene_;
  Key start_ = 0;
  const Words& name_;
  std::map<Thing, std::size_t> place_of_;  ///< among the candidates that were found
};

}  // namespace

std::vector<Candidate> things_beside(const Told& told, const Scene& scene, const NamedQuestion& question) {
  std::vector<Candidate> found;
  for (std::size_t i = 0; i < question.names.size(); ++i)
    Finder(told, scene, mixed({question.form, i}), question.names[i]).find(found);
  return found;
}

double Gathering::rate_of(const Candidate& candidate) const {
  double rate = kFirstRate;
  for (const Key key : candidate.keys)
    if (const auto known = records_.find(key); known != records_.end()) rate = known->second.rate(rate, kStrength);
  return rate;
}

/// The parts of a list in the order in which most were taught.
std::vector<const Candidate*> Gathering::in_order(std::vector<const Candidate*> parts) const {
  std::stable_sort(parts.begin(), parts.end(), [&](const Candidate* a, const Candidate* b) {
    return oldest_first_ > 0 ? a->since < b->since : a->place.sentence < b->place.sentence;
  });
  return parts;
}

std::optional<Gathering::List> Gathering::gather(const Told& told, std::span<const Candidate> candidates) const {
  if (!joint_) return std::nullopt;
  List list;
  list.rate = 1;
  for (const Candidate& one : candidates) {
    const double rate = rate_of(one);
    list.rate = std::min(list.rate, std::max(rate, 1 - rate));
    if (rate >= kLeastRate) list.parts.push_back(&one);
  }
  list.parts = in_order(std::move(list.parts));
  for (const Candidate* part : list.parts) {
    if (!list.words.empty()) list.words.insert(list.words.end(), joint_->words.begin(), joint_->words.end());
    const Words& words = told.words_of(part->thing);
    list.words.insert(list.words.end(), words.begin(), words.end());
  }
  if (!list.parts.empty()) return list;
  const auto usual = std::max_element(without_.begin(), without_.end(),
                                      [](const auto& a, const auto& b) { return a.second.second < b.second.second; });
  if (usual == without_.end()) return std::nullopt;
  list.words = usual->first;
  list.taught_by = usual->second.first;
  return list;
}

void Gathering::learn(const Told& told, std::span<const Candidate> candidates, const Words& answer,
                      std::int64_t source) {
  struct Said {
    std::uint32_t begin = 0, end = 0;
    const Candidate* part = nullptr;
  };
  std::vector<Said> parts;
  for (const Candidate& one : candidates) {
    const Words& words = told.words_of(one.thing);
    const auto found = std::search(answer.begin(), answer.end(), words.begin(), words.end());
    if (found != answer.end()) {
      const auto begin = static_cast<std::uint32_t>(found - answer.begin());
      parts.push_back({begin, begin + static_cast<std::uint32_t>(words.size()), &one});
    }
    for (const Key key : one.keys) records_[key].add(found != answer.end());
  }
  std::stable_sort(parts.begin(), parts.end(), [](const Said& a, const Said& b) { return a.begin < b.begin; });
  if (parts.size() > 1 && parts[0].end < parts[1].begin) {
    joint_ = {source, parts[0].end, parts[1].begin,
              Words(answer.begin() + parts[0].end, answer.begin() + parts[1].begin)};
    oldest_first_ +=
        (parts[0].part->since < parts[1].part->since) - (parts[0].part->place.sentence < parts[1].part->place.sentence);
  }
  if (!parts.empty()) return;
  const auto known =
      std::find_if(without_.begin(), without_.end(), [&](const auto& one) { return one.first == answer; });
  if (known != without_.end())
    known->second.second += 1;
  else if (without_.size() < kMostWithout)
    without_.push_back({answer, {source, 1.0F}});
}

}  // namespace noema::concepts::facts
