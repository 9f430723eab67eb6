#pragma once
// One input, as a program or a person gives it to a life.

#include <cstdint>
#include <optional>
#include <string>

namespace noema::memory {

/// Only `text` must be there; it is valid UTF-8 without line feeds, and empty beside an image. An input that is too
/// long to be held whole comes in pieces, in order; their texts concatenate to the input's.
struct Input {
  std::string text;
  std::string source;          ///< the name of the file; "-" for standard input
  std::int64_t line = 0;       ///< of the source, from 1; 0: none
  std::int64_t part = 0;       ///< number of the piece in its input, from 0
  std::int64_t begins_at = 0;  ///< of a later piece: the episode that holds the first one
  std::string group;
  std::string kind = "text";
  std::optional<std::string> id, speaker, label, answer;  ///< `id` only with the first piece
  std::optional<std::string> image;                       ///< PNG (memory/images/png.h)
  std::optional<double> time;                             ///< seconds since 1970
};

}  // namespace noema::memory
