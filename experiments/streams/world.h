#pragma once
// A small world told in English and Chinese: families, homes, journeys, things that change owners, and words with
// several meanings. All that is told is true of the world at that moment, so there is something to learn, and it is the
// same world in both languages.

#include "experiments/streams/stream.h"

namespace noema::experiments {

struct WorldOptions {
  std::uint64_t seed = 1;
  std::size_t lines = 3000;    ///< lines to tell
  std::size_t people = 60;     ///< 8 to 400
  std::size_t places = 12;     ///< 3 to 32
  double chinese_share = 0.5;  ///< chance that an episode is told in Chinese, 0 to 1
};

/// One told sentence, and what it says where it states a fact about a person or a thing ("" otherwise). Names are the
/// English ones in both languages. Relations: lives, moves, mother, father, husband, wife, son, daughter, brother,
/// sister, grandfather, grandmother, job, has, gives, at, goes. A person's "lives" changes only after a "moves" with
/// that object; "has" only after "gives" (subject gives; object is "thing -> receiver"); "at" only after "goes" or
/// "moves".
struct ToldLine {
  std::string text;
  std::string subject;
  std::string relation;
  std::string object;
  bool chinese = false;
};

/// Exactly `options.lines` lines, in episodes of at most seven lines on one topic in one language. The same options
/// give the same bytes; a longer world begins with the shorter one. Throws base::Error for options out of range.
/// O(lines).
std::vector<ToldLine> tell_world(const WorldOptions& options);

/// The sentences alone.
std::vector<std::string> generate_world(const WorldOptions& options);

StreamKind world_stream();

}  // namespace noema::experiments
