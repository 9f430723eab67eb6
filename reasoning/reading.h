#pragma once
// Reading: a line becomes units, each with what the transformer made of it before it was seen.

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/text.h"
#include "transformer/decoder.h"
#include "transformer/model.h"
#include "transformer/predictive_copy.h"

namespace noema::reasoning {

/// How the transformer spreads its probability over first tokens: mass by steps of their probability, two an octave;
/// the last step holds all that is less likely.
struct Spread {
  static constexpr std::size_t kSteps = 40;
  /// From the bits of the float: the same wherever it is asked.
  static std::size_t step_of(float probability) {
    constexpr std::uint32_t kOne = std::bit_cast<std::uint32_t>(1.0F);
    const auto bits = std::bit_cast<std::uint32_t>(probability);
    return bits >= kOne ? 0 : std::min<std::size_t>((kOne - bits) >> 22, kSteps - 1);
  }
  std::array<float, kSteps> mass{};  ///< sums to 1, or is all 0 where nothing is known
};

/// One unit as the transformer met it.
struct UnitReading {
  std::string surface;           ///< white space and text; the line end ends in a line feed
  std::string identity;          ///< base::identity_of(surface)
  std::uint32_t surface_id = 0;  ///< the reader's number for the surface, from 0 in order of appearance
  double nats = 0;               ///< -ln P(unit | what was read), over all units there can be
  double learned_nats = -1;  ///< -ln P by the copy of the transformer that goes on learning; below 0 if there is none
  float first_probability = 0;  ///< of its first token among first tokens
  Spread spread;                ///< of all first tokens
  double peak = 0;              ///< ln of the largest probability among first tokens: how sure the transformer was
  double writing_share = 0;     ///< P(this surface | its identity) among the surfaces known for it; 0 if it is new
  std::vector<float> hidden;    ///< [width] state that predicted it, at length 1
  std::vector<transformer::Token> tokens;  ///< of the surface
};

/// Fills in what a predictive copy makes of a line's units; with `learn` it goes on learning from them.
void read_with(transformer::PredictiveCopy& copy, std::vector<UnitReading>& line, bool learn);

/// Identities of a line's units, its end left out.
std::vector<std::string> identities_of(const std::vector<UnitReading>& line);

/// Reads a stream line by line with one window sliding over it.
class Reader {
 public:
  explicit Reader(const transformer::Model& model);

  /// Units of the line, its line end last. `line` is valid UTF-8 without line feed. One forward pass over its tokens.
  std::vector<UnitReading> read(const std::string& line);
  /// The same without the transformer: surfaces and identities only.
  std::vector<UnitReading> split(const std::string& line);

  /// Lets the reader know a surface without reading it: what a life had met before.
  void know(const std::string& surface);

  /// The window and the spellings, with which a reader of the same model goes on where this one was.
  nlohmann::json state() const;
  /// False, and nothing is changed, if the state is none.
  bool restore(const nlohmann::json& state);

  std::size_t width() const { return static_cast<std::size_t>(model_.width()); }
  /// Seconds spent in the transformer so far.
  double seconds() const { return seconds_; }

 private:
  struct Surface {
    std::uint32_t id = 0;
    std::vector<transformer::Token> tokens;
    std::string identity;
  };
  const Surface& surface(const std::string& text);
  void begin_generation();

  /// Spellings are kept in two generations, so that their number is bounded: when the younger is full, the older is
  /// dropped, but for the spellings that were read again meanwhile.
  static constexpr std::size_t kGeneration = 1 << 17;
  const transformer::Model& model_;
  transformer::Decoder decoder_;
  base::Segmenter segmenter_;
  std::unordered_map<std::string, Surface> young_, old_;
  std::uint32_t next_id_ = 0;
  /// Identity -> first token of each surface known for it, by surface id.
  std::unordered_map<std::string, std::vector<std::pair<std::uint32_t, transformer::Token>>> writings_;
  double seconds_ = 0;
  std::vector<float> probabilities_;  // scratch
};

}  // namespace noema::reasoning
