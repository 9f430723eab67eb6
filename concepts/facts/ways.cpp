#include "concepts/facts/ways.h"

#include <algorithm>
#include <set>
#include <unordered_set>
#include <utility>

#include "concepts/facts/holding.h"

namespace noema::concepts::facts {
namespace {

constexpr std::size_t kMostSentences = 3;  ///< of a path
constexpr std::size_t kShortScene = 16;    ///< sentences of a scene in which paths of three are looked for
constexpr std::size_t kMostApart = 12;     ///< the newest sentences, each of which may say something by itself
constexpr Thing kNothing = ~Thing{0};      ///< a name that fills no slot anywhere

/// What a key stands for; a new kind goes to the end.
enum Kind : Key { kRoot, kName, kHop, kRead, kDetail, kNext, kSign, kValue, kAfter, kBeside, kApart, kForm };

/// In which order the sentences that hold a thing are looked at: from the newest, or from where the path stands.
enum Direction : Key { kNewest, kBefore, kSince };

class Finder {
 public:
  Finder(const Told& told, const Scene& scene, const NamedQuestion& question)
      : told_(told), question_(question), scene_(scene) {
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
      Key said = mixed({names, kApart, scene_[at].coded().form});
      for (const Thing thing : scene_[at].coded().fillers) said = mixed({said, thing});
      sign(form, said, std::nullopt, {scene_[at].number});
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
    std::size_t at = 0;                 ///< in the scene; of the last sentence of the path,
    const Description* last = nullptr;  ///< and how it is read
  };
  /// A sentence that holds the thing from which the path goes on.
  struct Mention {
    std::size_t at = 0;
    const Description* here = nullptr;  ///< how the sentence is read
    Holding holding = {};               ///< of the thing
    Key names = 0;                      ///< which of its other slots hold which names of the question
    std::uint32_t bound = 0;            ///< bits: the slots that do
    bool is_first = false;              ///< no sentence before it in this direction holds the thing
    /// Bits: the slots that hold the thing or a name.
    std::uint32_t known() const { return bound | holding.bit(); }
    Key role() const { return mixed({key_of(*here), holding.slot, holding.around, names}); }
  };

  std::optional<Mention> mention_in(std::size_t at, const Description& here, Thing thing, const Words* name) const {
    Mention mention{at, &here};
    const auto holding =
        name != nullptr ? name_held_by(told_, here, *name) : held_by(told_, here, told_.words_of(thing));
    if (!holding) return std::nullopt;
    mention.holding = *holding;
    for (std::uint32_t other = 0; other < here.fillers.size(); ++other)
      for (std::size_t i = 0; other != mention.holding.slot && i < names_.size(); ++i)
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
      bool is_held = false;
      for (const Description& here : scene_[at].descriptions) {
        auto mention = mention_in(at, here, thing, name);
        if (!mention) continue;
        is_held = true;
        mention->is_first = is_first;
        if (roles.insert(mention->role()).second) found.push_back(*mention);
      }
      if (is_held) is_first = false;
    };
    if (direction == kSince)
      for (std::size_t at = walk.at + 1; at < scene_.size(); ++at) look_at(at);
    else
      for (std::size_t at = direction == kBefore ? walk.at : scene_.size(); at-- > 0;) look_at(at);
    return found;
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
      const Key next = walk.at + 1 < scene_.size() ? scene_[walk.at + 1].coded().form + 1 : 0;
      Way found;
      found.reads = true;
      found.place = {scene_[walk.at].number, walk.last->form, slot};
      found.value = walk.last->fillers[slot];
      found.path = walk.path;
      found.add(mixed({kRoot, walk.path.size()}));
      found.add(walk.way);
      found.add(mixed({walk.way, next, kNext}));
      found.add(mixed({walk.way, walk.detail, next, kDetail}));
      ways_.push_back(std::move(found));
    }
    sign(walk.way, mixed({walk.way, walk.detail}), walk.last->fillers[slot], walk.path);
  }

  void follow(const Walk& walk, Thing thing, const Words* name) {
    for (const Direction direction : {kNewest, kBefore, kSince}) {
      if (walk.path.empty() && direction != kNewest) break;
      for (const Mention& mention : mentions(walk, thing, name, direction)) {
        const Description& here = *mention.here;
        Walk there{mixed({walk.way, kHop, direction, key_of(here), mention.holding.slot, mention.holding.around,
                          mention.names, mention.is_first}),
                   walk.detail,
                   walk.path,
                   walk.visited,
                   mention.at,
                   &here};
        there.path.push_back(scene_[mention.at].number);
        there.visited.push_back(thing);
        const std::uint32_t known = mention.known();
        sign(there.way, mixed({there.way, with_fillers_beside(walk.detail, here, known)}), std::nullopt, there.path);
        for (std::uint32_t slot = 0; slot < here.fillers.size(); ++slot) {
          if ((known >> slot & 1) != 0) continue;
          const Thing value = here.fillers[slot];
          if (std::find(there.visited.begin(), there.visited.end(), value) != there.visited.end()) continue;
          Walk on = there;
          on.way = mixed({there.way, kRead, slot});
          on.detail = with_fillers_beside(walk.detail, here, known | 1U << slot);
          read(on, slot);
          if (on.path.size() < kMostSentences && (on.path.size() < 2 || scene_.size() <= kShortScene))
            follow(on, value, nullptr);
        }
        if (walk.path.empty()) {
          there.detail = with_fillers_beside(walk.detail, here, known);
          read_after(there);
          read_beside(there, thing, name);
        }
      }
    }
  }

  /// What the next sentence says, which may speak of the same thing by another word.
  void read_after(Walk walk) {
    if (++walk.at == scene_.size()) return;
    walk.path.push_back(scene_[walk.at].number);
    for (const Description& next : scene_[walk.at].descriptions) {
      walk.last = &next;
      for (std::uint32_t slot = 0; slot < next.fillers.size(); ++slot) {
        Walk there = walk;
        there.way = mixed({walk.way, kAfter, key_of(next), slot});
        there.detail = with_fillers_beside(walk.detail, next, 1U << slot);
        read(there, slot);
      }
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
      bool is_held = false;
      for (const Description& other : scene_[at].descriptions) {
        const auto mention = mention_in(at, other, thing, name);
        if (!mention) continue;
        is_held = true;
        const Key is_newer = at > walk.at;
        if (!roles.insert(mixed({mention->role(), is_newer})).second && !is_first) continue;
        const std::uint32_t known = mention->known();
        for (std::uint32_t slot = 0; slot < other.fillers.size(); ++slot) {
          if ((known >> slot & 1) != 0) continue;
          const Key way = mixed({walk.way, kBeside, mention->role(), is_newer, is_first, slot});
          const Key special = mixed({way, with_fillers_beside(walk.detail, other, known | 1U << slot)});
          if (!seen_.insert(special).second) continue;
          Way found;
          found.reads = true;
          found.place = {scene_[at].number, other.form, slot};
          found.value = other.fillers[slot];
          found.path = walk.path;
          found.path.push_back(scene_[at].number);
          found.add(mixed({kRoot, found.path.size()}));
          found.add(way);
          found.add(special);
          ways_.push_back(std::move(found));
        }
      }
      if (is_held) is_first = false;
    }
  }

  const Told& told_;
  const NamedQuestion& question_;
  const Scene& scene_;
  std::vector<Thing> names_;
  std::vector<Way> ways_;
  std::unordered_set<Key> seen_;
};

}  // namespace

Scene described(const Told& told, std::span<const std::uint32_t> sentences) {
  if (sentences.size() > kMostOfScene) sentences = sentences.last(kMostOfScene);
  Scene scene;
  for (const std::uint32_t number : sentences) {
    auto descriptions = told.descriptions(number);
    if (!descriptions.empty()) scene.push_back({number, std::move(descriptions)});
  }
  return scene;
}

std::vector<Way> ways_to_answer(const Told& told, const Scene& scene, const NamedQuestion& question) {
  return Finder(told, scene, question).find();
}

}  // namespace noema::concepts::facts
