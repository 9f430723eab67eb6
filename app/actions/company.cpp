#include "app/actions/company.h"

#include <fmt/format.h>

#include "base/nearest.h"

namespace noema::app {

using concepts::company::Company;
using concepts::company::Word;
using concepts::company::Words;

void refuse_until_thought(const memory::Life& life, const std::string& about) {
  throw base::Error(
      fmt::format("{} has not yet thought about {}, for which it needs some 20,000 words; `noema think` "
                  "does it",
                  life.path().string(), about));
}

Words words_of(const memory::Life& life) {
  auto words = reasoning::stored_words(life);
  if (!words) refuse_until_thought(life, "which words go with which");
  return std::move(*words);
}

Company company_of(const memory::Life& life) {
  auto company = reasoning::stored_company(life);
  if (!company) refuse_until_thought(life, "which words go with which");
  return std::move(*company);
}

std::optional<Word> word_written(const Words& words, const std::string& text) {
  if (text.empty() || base::first_invalid_utf8(text)) return std::nullopt;
  return words.find(base::identity_of(text));
}

Word word_named(const Words& words, const std::string& text) {
  if (const auto word = word_written(words, text)) return *word;
  std::vector<std::string> names;
  for (Word word = 0; word < words.size(); ++word) names.push_back(words[word].label);
  throw UnknownName(fmt::format("no word '{}' was met often enough to know its company{}", text,
                                base::did_you_mean(base::nearest_names(text, names))));
}

std::vector<Word> TextWords::of(const Words& words, const std::string& text) {
  std::vector<Word> found;
  if (base::first_invalid_utf8(text)) return found;
  for (const std::string& identity : base::identities_in(segmenter_, text))
    if (const auto word = words.find(identity)) found.push_back(*word);
  return found;
}

}  // namespace noema::app
