#pragma once
// Ways to answer a question about a scene, the sentences of one episode: paths from a thing that the question names,
// over sentences that hold it, to what they say. A way either reads a filler, which may be the answer, or is a sign of
// an answer that no sentence holds ("yes", "two", "nothing"). Ways are named by keys, from the most general to the most
// special, so that how often they are right can be counted.

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "concepts/facts/key.h"
#include "concepts/facts/told.h"

namespace noema::concepts::facts {

/// A question as a form with names in its slots.
struct NamedQuestion {
  Key form = 0;
  std::vector<Words> names = {};
};

/// A filler of a sentence that a template describes.
struct Place {
  std::uint32_t sentence = 0;
  TemplateId form = 0;
  std::uint32_t slot = 0;
};

struct Way {
  static constexpr std::size_t kMostKeys = 4;
  std::array<Key, kMostKeys> keys{};
  std::uint32_t levels = 0;              ///< how many of the keys there are
  bool reads = false;                    ///< whether it reads a filler; otherwise it is a sign
  Place place = {};                      ///< of the filler that it reads
  Thing value = 0;                       ///< that filler
  std::vector<std::uint32_t> path = {};  ///< the sentences that it goes over
  void add(Key key) { keys[levels++] = key; }
};

/// A sentence of a scene, as each template in use describes it, the one that codes it first.
struct Described {
  std::uint32_t number = 0;
  std::vector<Description> descriptions = {};
  const Description& coded() const { return descriptions.front(); }
};
using Scene = std::vector<Described>;

/// The newest kMostOfScene of these sentences (numbers, ascending), without those that no template describes.
inline constexpr std::size_t kMostOfScene = 128;
Scene described(const Told& told, std::span<const std::uint32_t> sentences);

/// All ways of at most three sentences that lead from a name of the question. Each key is given once, by the way
/// that finds it first: sentences are taken from the newest on. O(names x sentences x (roles x slots)^2), with a third
/// sentence only in short scenes.
std::vector<Way> ways_to_answer(const Told& told, const Scene& scene, const NamedQuestion& question);

}  // namespace noema::concepts::facts
