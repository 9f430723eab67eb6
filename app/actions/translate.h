#pragma once
// Translating a file of pairs, and how near the translations come to the references.

#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>
#include <stop_token>
#include <string>
#include <vector>

#include "transformer/corpus.h"
#include "transformer/translate.h"

namespace noema::app {

/// What BLEU counts as a token.
enum class BleuTokens { kCharacters, kWords };

struct TranslateRequest {
  std::filesystem::path model, file;
  transformer::PairColumns columns;
  std::size_t limit = 0;  ///< only the first pairs; 0: all
  BleuTokens tokens = BleuTokens::kCharacters;
  transformer::TranslateOptions search{};
  int threads = 0;                                          ///< 0: all cores
  std::function<void(double share, std::size_t)> progress;  ///< pairs translated so far
  std::stop_token stop{};
};

/// How near texts come to the references, 0 to 100.
struct TranslationScore {
  double bleu = 0, chrf = 0;
};

struct TranslateValue {
  std::vector<std::string> translations;  ///< one a pair, in the file's order
  TranslationScore score;                 ///< of the translations
  TranslationScore copy;                  ///< of the sources, left as they are
  double seconds = 0;
};

/// Throws base::Error if the file holds no pairs or the model was not trained on pairs, base::Interrupted when a stop
/// is requested.
TranslateValue translate(const TranslateRequest& request);

/// {"bleu","chrf","copy_bleu","copy_chrf","pairs","seconds"}.
nlohmann::ordered_json to_json(const TranslateValue& value);

}  // namespace noema::app
