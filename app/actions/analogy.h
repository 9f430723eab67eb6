#pragma once
// Word arithmetic: A is to B as C is to which word?

#include <array>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "app/actions/company.h"
#include "concepts/company/analogies.h"

namespace noema::app {

struct AnalogyHit {
  std::string label;
  double score = 0;  ///< larger is better
};

struct AnalogyValue {
  bool covered = false;          ///< the layer of company has the three words
  std::vector<AnalogyHit> hits;  ///< best first
};

/// Answers questions by one company, which must outlive it.
class AnalogySolver {
 public:
  AnalogySolver(const concepts::company::Company& company, concepts::company::Asked asked, std::size_t k)
      : company_(company), analogies_(company, asked), k_(k) {}

  /// Throws UnknownName if a word is not known.
  AnalogyValue solve(const std::array<std::string, 3>& question);
  /// One value a line of three words or more, in order; what stands after the third is never read. Many words are
  /// looked up in one pass.
  void solve_all(const std::vector<std::string>& lines,
                 const std::function<void(std::size_t line, const AnalogyValue&)>& take);

 private:
  AnalogyValue hits(const std::array<concepts::company::Word, 3>& words);

  const concepts::company::Company& company_;
  concepts::company::Analogies analogies_;
  std::size_t k_;
};

/// {"label","score"}.
nlohmann::ordered_json to_json(const AnalogyHit& hit);
/// {"question","answer","hits","covered"}.
nlohmann::ordered_json to_json(std::size_t line, const AnalogyValue& value);

}  // namespace noema::app
