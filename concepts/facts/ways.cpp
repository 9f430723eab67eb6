#include "concepts/facts/ways.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <unordered_set>
#include <utility>

namespace noema::concepts::facts {
namespace {

constexpr std::size_t kMostSentences = 3;  ///< of a path
constexpr std::size_t kShortScene = 16;    ///< sentences of a scene in which paths of three are looked for
constexpr std::size_t kMostApart = 12;     ///< the newest sentences, each of which may say something by itself
constexpr std::uint32_t kConstant = 63;    ///< stands for a slot where a name is a constant of the template
constexpr Thing kNothing = ~Thing{0};      ///< a name that fills no slot anywhere

/// What a key stands for; a new kind goes to the end.
enum Kind : Key { kRoot, kName, kHop, kRead, kDetail, kNext, kSign, kValue, kAfter, kBeside, kApart, kForm };

/// In which order the sentences that hold a thing are looked at: from the newest, or from where the path stands.
enum Direction : Key { kNewest, kBefore, kSince };

class Finder {
 public:
  Finder(const Told& told, std::span<const std::uint32_t> scene, const NamedQuestion& question)
      : told_(told), question_(question) {
    if (scene.size() > kMostOfScene) scene = scene.last(kMostOfScene);
    for (const std::uint32_t number : scene)
      if (told.sentences()[number].form != kNoTemplate) scene_.push_back(number);
    for (const Words& name : question.names) names_.push_back(told.thing_of(name).value_or(kNothing));
  }

  std::vector<Way> find() {
    const Key form = mixed({kForm, question_.form});
    Key names = form;
    for (const Words& name : question_.names) names = mixed({names, WordsHash()(name)});
    sign(form, form, std::nullopt, {});
    sign(form, names, std::nullopt, {});
    for (std::size_t i = 0; i < names_.size(); ++i) {
      const Key start = mixed({kName, question_.form, i});
      follow({start, start}, names_[i], &question_.names[i]);
    }
    for (std::size_t at = scene_.size() - std::min(scene_.size(), kMostApart); at < scene_.size(); ++at) {
      Key said = mixed({names, kApart, sentence(at).form});
      for (const Thing thing : sentence(at).fillers) said = mixed({said, thing});
      sign(form, said, std::nullopt, {scene_[at]});
    }
    return std::move(ways_);
  }

 private:
  /// A path so far.
  struct Walk {
    Key way = 0;     ///< forms, roles and directions
    Key detail = 0;  ///< the fillers beside it too
    std::vector<std::uint32_t> path = {};
    std::vector<Thing> visited = {};
    std::size_t at = 0;  ///< in the scene; of the last sentence of the path
  };
  /// A sentence that holds the thing from which the path goes on.
  struct Mention {
    std::size_t at = 0;
    std::uint32_t slot = 0;   ///< of the thing
    Key around = 0;           ///< the words beside it in its filler; 0 if it is the whole filler
    Key names = 0;            ///< which of its other slots hold which names of the question
    std::uint32_t bound = 0;  ///< bits: the slots that do
    bool is_first = false;    ///< no sentence before it in this direction holds the thing
    /// Bits: the slots that hold the thing or a name.
    std::uint32_t known() const { return bound | (slot < kConstant ? 1U << slot : 0); }
    Key role(const Told& told, std::uint32_t number) const {
      return mixed({told.sentences()[number].form, slot, around, names});
    }
  };

  const Sentence& sentence(std::size_t at) const { return told_.sentences()[scene_[at]]; }

  /// The first slot whose filler holds these words and others, and a key of the others.
  std::optional<std::pair<std::uint32_t, Key>> part_of_filler(const Sentence& here, const Words& words) const {
    for (std::uint32_t slot = 0; slot < here.fillers.size(); ++slot) {
      const Words& filler = told_.words_of(here.fillers[slot]);
      if (filler.size() <= words.size()) continue;
      const auto found = std::search(filler.begin(), filler.end(), words.begin(), words.end());
      if (found == filler.end()) continue;
      const auto begin = static_cast<std::uint32_t>(found - filler.begin());
      return std::pair(slot, WordsHash()(cut_out(filler, {begin, begin + static_cast<std::uint32_t>(words.size())})));
    }
    return std::nullopt;
  }

  std::optional<Mention> mention_in(std::size_t at, Thing thing, const Words* name) const {
    const Sentence& here = sentence(at);
    Mention mention{at};
    const auto slot = std::find(here.fillers.begin(), here.fillers.end(), thing);
    if (slot != here.fillers.end()) {
      mention.slot = static_cast<std::uint32_t>(slot - here.fillers.begin());
    } else if (const auto part = part_of_filler(here, name != nullptr ? *name : told_.words_of(thing))) {
      std::tie(mention.slot, mention.around) = *part;
    } else {
      if (name == nullptr || name->size() != 1) return std::nullopt;
      const Words& pattern = told_.form(here.form).pattern;
      if (std::find(pattern.begin(), pattern.end(), name->front()) == pattern.end()) return std::nullopt;
      mention.slot = kConstant;
    }
    for (std::uint32_t other = 0; other < here.fillers.size(); ++other)
      for (std::size_t i = 0; other != mention.slot && i < names_.size(); ++i)
        if (names_[i] != kNothing && here.fillers[other] == names_[i]) {
          mention.names = mention.names * 64 + other * 8 + i + 1;
          mention.bound |= 1U << other;
        }
    return mention;
  }

  /// The sentences that hold the thing, from the newest on, or from that of the walk on, each role once.
  std::vector<Mention> mentions(const Walk& walk, Thing thing, const Words* name, Direction direction) const {
    std::vector<Mention> found;
    std::set<Key> roles;
    bool is_first = true;
    const auto look_at = [&](std::size_t at) {
      if (!walk.path.empty() && at == walk.at) return;
      auto mention = mention_in(at, thing, name);
      if (!mention) return;
      mention->is_first = std::exchange(is_first, false);
      if (roles.insert(mention->role(told_, scene_[at])).second) found.push_back(*mention);
    };
    if (direction == kSince)
      for (std::size_t at = walk.at + 1; at < scene_.size(); ++at) look_at(at);
    else
      for (std::size_t at = direction == kBefore ? walk.at : scene_.size(); at-- > 0;) look_at(at);
    return found;
  }

  /// The fillers of a sentence but those in `slots` (bits), added to a detail.
  Key beside(Key detail, std::size_t at, std::uint32_t slots) const {
    const auto& fillers = sentence(at).fillers;
    for (std::uint32_t slot = 0; slot < fillers.size(); ++slot)
      if ((slots >> slot & 1) == 0) detail = mixed({detail, slot, fillers[slot]});
    return detail;
  }

  void sign(Key way, Key detail, std::optional<Thing> value, std::vector<std::uint32_t> path) {
    if (!seen_.insert(mixed({detail, value ? *value + 1 : 0, kSign})).second) return;
    Way found;
    found.path = std::move(path);
    found.add(mixed({way, kSign}));
    if (detail != way) found.add(mixed({detail, kSign, kDetail}));
    if (value) found.add(mixed({detail, *value, kSign, kValue}));
    ways_.push_back(std::move(found));
  }

  /// Reads a slot: as an answer, and as a sign of one.
  void read(const Walk& walk, std::uint32_t slot) {
    if (seen_.insert(walk.way).second) {
      const Key next = walk.at + 1 < scene_.size() ? sentence(walk.at + 1).form + 1 : 0;
      Way found;
      found.reads = true;
      found.place = {scene_[walk.at], slot};
      found.path = walk.path;
      found.add(mixed({kRoot, walk.path.size()}));
      found.add(walk.way);
      found.add(mixed({walk.way, next, kNext}));
      found.add(mixed({walk.way, walk.detail, next, kDetail}));
      ways_.push_back(std::move(found));
    }
    sign(walk.way, mixed({walk.way, walk.detail}), sentence(walk.at).fillers[slot], walk.path);
  }

  void follow(const Walk& walk, Thing thing, const Words* name) {
    for (const Direction direction : {kNewest, kBefore, kSince}) {
      if (walk.path.empty() && direction != kNewest) break;
      for (const Mention& mention : mentions(walk, thing, name, direction)) {
        const Sentence& here = sentence(mention.at);
        Walk there{mixed({walk.way, kHop, direction, here.form, mention.slot, mention.around, mention.names,
                          mention.is_first}),
                   walk.detail, walk.path, walk.visited, mention.at};
        there.path.push_back(scene_[mention.at]);
        there.visited.push_back(thing);
        const std::uint32_t known = mention.known();
        sign(there.way, mixed({there.way, beside(walk.detail, mention.at, known)}), std::nullopt, there.path);
        for (std::uint32_t slot = 0; slot < here.fillers.size(); ++slot) {
          if ((known >> slot & 1) != 0) continue;
          const Thing value = here.fillers[slot];
          if (std::find(there.visited.begin(), there.visited.end(), value) != there.visited.end()) continue;
          Walk on = there;
          on.way = mixed({there.way, kRead, slot});
          on.detail = beside(walk.detail, mention.at, known | 1U << slot);
          read(on, slot);
          if (on.path.size() < kMostSentences && (on.path.size() < 2 || scene_.size() <= kShortScene))
            follow(on, value, nullptr);
        }
        if (walk.path.empty()) {
          there.detail = beside(walk.detail, mention.at, known);
          read_after(there);
          read_beside(there, thing, name);
        }
      }
    }
  }

  /// What the next sentence says, which may speak of the same thing by another word.
  void read_after(Walk walk) {
    if (++walk.at == scene_.size()) return;
    walk.path.push_back(scene_[walk.at]);
    const Sentence& next = sentence(walk.at);
    for (std::uint32_t slot = 0; slot < next.fillers.size(); ++slot) {
      Walk there = walk;
      there.way = mixed({walk.way, kAfter, next.form, slot});
      there.detail = beside(walk.detail, walk.at, 1U << slot);
      read(there, slot);
    }
  }

  /// What another sentence says of the same thing; sentences that differ in what else they hold are ways of their own.
  void read_beside(const Walk& walk, Thing thing, const Words* name) {
    std::set<Key> roles;
    bool is_first = true;
    for (std::size_t at = scene_.size(); at-- > 0;) {
      if (at == walk.at) {
        is_first = true;
        continue;
      }
      const auto mention = mention_in(at, thing, name);
      if (!mention) continue;
      const bool first = std::exchange(is_first, false);
      const Key is_newer = at > walk.at;
      if (!roles.insert(mixed({mention->role(told_, scene_[at]), is_newer})).second && !first) continue;
      const Sentence& other = sentence(at);
      const std::uint32_t known = mention->known();
      for (std::uint32_t slot = 0; slot < other.fillers.size(); ++slot) {
        if ((known >> slot & 1) != 0) continue;
        const Key way = mixed(
            {walk.way, kBeside, other.form, mention->slot, mention->around, mention->names, is_newer, first, slot});
        const Key special = mixed({way, beside(walk.detail, at, known | 1U << slot)});
        if (!seen_.insert(special).second) continue;
        Way found;
        found.reads = true;
        found.place = {scene_[at], slot};
        found.path = walk.path;
        found.path.push_back(scene_[at]);
        found.add(mixed({kRoot, found.path.size()}));
        found.add(way);
        found.add(special);
        ways_.push_back(std::move(found));
      }
    }
  }

  const Told& told_;
  const NamedQuestion& question_;
  std::vector<std::uint32_t> scene_;
  std::vector<Thing> names_;
  std::vector<Way> ways_;
  std::unordered_set<Key> seen_;
};

}  // namespace

std::vector<Way> ways_to_answer(const Told& told, std::span<const std::uint32_t> scene, const NamedQuestion& question) {
  return Finder(told, scene, question).find();
}

}  // namespace noema::concepts::facts
