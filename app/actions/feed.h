#pragma once
// Feeding files to a life.

#include <cstdint>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "memory/feed.h"
#include "memory/life.h"

namespace noema::app {

/// When a life that is fed thinks.
struct FeedThinking {
  bool in_background = true;
  std::uint64_t proposals = 0;  ///< examined after each input, with reproducible results; 0 with in_background
};

struct FeedRequest {
  std::string life;
  std::vector<std::string> files;  ///< "-" is standard input
  std::string format = "text";     ///< one of memory::input_formats()
  std::string group;               ///< to which all inputs belong; empty: the one that each line names
  FeedThinking thinking;
  memory::Sync sync = memory::Sync::kNormal;
  bool again = false;   ///< feed files again that the life has read already
  bool predict = true;  ///< score each unit before it is stored
  bool encode = true;   ///< give concepts vectors
};

struct FeedProgress {
  std::string file;
  std::int64_t lines = 0;       ///< durable
  const char* noun = "line";    ///< what one of them is: line or image
  double bytes_per_second = 0;  ///< of this file, since it was opened or resumed
  std::optional<double> share;  ///< of the file that was read, 0 to 1; absent if its size is unknown
  std::optional<double> seconds_left;
};

/// Functions that are called during feeding (each may be empty), and the stop token.
struct FeedEvents {
  std::function<void(const FeedProgress&)> acknowledged;  ///< all lines so far are durable
  std::function<void(const std::string&)> remark;         ///< an input was read differently from what it says
  std::stop_token stop;                                   ///< ends feeding; what was read is stored
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

  double inputs_per_second() const { return seconds > 0 ? static_cast<double>(inputs) / seconds : 0; }
};

/// How far a file is fed, so many seconds after it was opened at `bytes_before`.
FeedProgress progress_of(const std::string& file, const memory::FeedCursor& cursor, double seconds,
                         std::uint64_t bytes_before);
/// Throws base::Error unless all files and the format exist, and base::UsageError where the format reads no standard
/// input: before the first is fed.
void require_feedable(const FeedRequest& request);

/// Throws base::Error if there is a problem with a file or the life; what was acknowledged is stored even then.
FeedResult feed(const FeedRequest& request, const FeedEvents& events);

/// {"inputs","concepts","relations","thoughts","gain_bits","seconds","thinking_seconds","transformer_seconds",
/// "inputs_per_second"}.
nlohmann::ordered_json to_json(const FeedResult& result);

}  // namespace noema::app
