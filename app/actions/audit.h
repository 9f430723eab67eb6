#pragma once
// The gains that a life's thoughts claimed, beside the bits that the thoughts save on a text that follows.

#include <cstdint>
#include <nlohmann/json.hpp>
#include <stop_token>
#include <string>
#include <vector>

namespace noema::app {

struct AuditRequest {
  std::string life;             ///< not changed
  std::string file;             ///< text that the life has not read
  std::uint64_t blocks = 10;    ///< into which the thoughts are divided, in their order
  std::uint64_t words = 50000;  ///< of the text, about; the rest is not read
  std::stop_token stop{};
};

/// What some consecutive thoughts gained. L is the description length of the graph (docs/thinking.md).
struct AuditedGain {
  std::uint64_t thoughts = 0;  ///< standing thoughts up to the end of the block
  double claimed_bits = 0;     ///< sum of the gains in L that the thoughts were committed with
  double recomputed_bits = 0;  ///< by which L is shorter with the thoughts than without them
  double realised_bits = 0;    ///< by which the text makes L grow less with the thoughts than without them
};

struct AuditValue {
  std::vector<AuditedGain> blocks;  ///< without empty ones
  AuditedGain total;
  double text_bits = 0;    ///< growth of L by the text, without any thought
  double ratio = 0;        ///< realised / claimed; 0 if nothing was claimed
  double correlation = 0;  ///< Pearson's, between claimed and realised bits over the blocks
};

/// Throws base::Error if the life or the file cannot be read or the file holds no line, base::Interrupted when a stop
/// is requested. O(blocks (life + text)).
AuditValue audit(const AuditRequest& request);

/// {"thoughts","claimed_bits","recomputed_bits","realised_bits"}.
nlohmann::ordered_json to_json(const AuditedGain& gain);
/// The same of all thoughts, with "of_bits", "ratio" and "correlation".
nlohmann::ordered_json to_json(const AuditValue& value);

}  // namespace noema::app
