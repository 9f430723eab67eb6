#pragma once
// Answers that list several things: "the cup and the ball". Each thing that the scene tells of beside the name of the
// question is judged by itself: how often was a thing that was told of in this way among the taught answer? Those that
// were more often than not are the answer; if there is none, it is what was taught when there was none ("nothing").

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "concepts/facts/key.h"
#include "concepts/facts/ways.h"

namespace noema::concepts::facts {

/// How often what a key names was right.
struct Record {
  float right = 0, tried = 0;
  void add(bool is_right) {
    tried += 1;
    right += is_right;
  }
  /// The rate of a more general key counts as so many trials.
  double rate(double general, double strength) const { return (right + strength * general) / (tried + strength); }
};

/// A thing that a sentence of the scene holds together with a name of the question.
struct Candidate {
  Thing thing = 0;
  Place place = {};              ///< in the newest such sentence
  std::uint32_t since = 0;       ///< the oldest such sentence
  std::array<Key, 3> keys = {};  ///< how it is told of, from general to special: the roles of both; what else stands
                                 ///< beside; what is told of the thing since
};

/// The candidates, each thing once for each name. O(names x sentences x slots x
/// sentences).
std::vector<Candidate> things_beside(const Told& told, const Scene& scene, const NamedQuestion& question);

/// What was learned from the taught questions of one form.
class Gathering {
 public:
  struct List {
    std::vector<const Candidate*> parts = {};    ///< of those it was asked with
    Words words = {};                            ///< the answer; none: it was never told
    std::optional<std::int64_t> taught_by = {};  ///< without parts: the source of a question with this answer
    double rate = 0;                             ///< how sure the least sure judgement is
  };
  /// Nothing if no list was taught yet, or there are no parts and no answer is known for that.
  std::optional<List> gather(const Told& told, std::span<const Candidate> candidates) const;
  void learn(const Told& told, std::span<const Candidate> candidates, const Words& answer, std::int64_t source);

  /// Where a taught answer stands between two parts: the words [end, begin) of the answer of that source.
  struct Joint {
    std::int64_t source = 0;
    std::uint32_t end = 0, begin = 0;
    Words words = {};
  };
  const std::optional<Joint>& joint() const { return joint_; }

 private:
  double rate_of(const Candidate& candidate) const;

  std::vector<const Candidate*> in_order(std::vector<const Candidate*> parts) const;

  std::unordered_map<Key, Record> records_ = {};
  std::int64_t oldest_first_ =
      0;  ///< how many more lists were in the order of their oldest sentences than of their newest
  std::optional<Joint> joint_ = {};
  std::vector<std::pair<Words, std::pair<std::int64_t, float>>> without_ = {};  ///< answers where no part was right
};

}  // namespace noema::concepts::facts
