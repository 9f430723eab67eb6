#pragma once
// Feeding files to a life: from typed arguments to a typed value; whoever calls prints.

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "memory/life.h"

namespace noema::app {

/// When a life that is fed thinks.
struct FeedThinking {
  bool in_background = true;
  std::uint64_t proposals = 0;  ///< examined after each input, repeatable; only if not in the background
};

struct FeedRequest {
  std::string life;
  std::vector<std::string> files;  ///< "-" is standard input
  std::string format = "text";     ///< one of memory::input_formats()
  std::string group;               ///< of all inputs; empty: what the lines say
  FeedThinking thinking;
  memory::Sync sync = memory::Sync::kNormal;
  bool again = false;   ///< feed files anew that the life has already
  bool predict = true;  ///< score each unit before it is stored
  bool encode = true;   ///< give concepts vectors
};

struct FeedProgress {
  std::string file;
  std::int64_t lines = 0;       ///< durable
  double bytes_per_second = 0;  ///< of this file, since it was opened or resumed
  std::optional<double> share;  ///< of the file that was read, 0 to 1; nothing if its size is not known
  std::optional<double> seconds_left;
};

/// What is called while it works (all may be empty), and what ends it.
struct FeedEvents {
  std::function<void(const FeedProgress&)> acknowledged;  ///< all lines so far are durable
  std::function<void(const std::string&)> remark;         ///< something is read otherwise than it is written
  std::stop_token stop;                                   ///< ends it; what was read is then stored
};

struct FeedResult {
  std::uint64_t inputs = 0;
  std::size_t concepts = 0;
  std::size_t relations = 0;
  std::uint64_t thoughts = 0;
  double gain_bits = 0;
  double seconds = 0;
  double thinking_seconds = 0;
  double transformer_seconds = 0;
  bool interrupted = false;  ///< a stop was requested
};

/// Throws base::Error if a file or the life is at fault; what was acknowledged is then stored.
FeedResult feed(const FeedRequest& request, const FeedEvents& events);

}  // namespace noema::app
