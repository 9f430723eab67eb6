#pragma once
// What commands need to ask a life's layer of company: the layer itself, and the words that people name.

#include <string>
#include <vector>

#include "app/actions/names.h"
#include "reasoning/company.h"

namespace noema::app {

/// Throws base::Error: the life "has not yet thought about ..." what reads everything, and what to do.
[[noreturn]] void refuse_until_thought(const memory::Life& life, const std::string& about);

/// Throws base::Error if thinking has not made the layer yet.
concepts::company::Words words_of(const memory::Life& life);
concepts::company::Company company_of(const memory::Life& life);

/// The word that is written so, in any case; absent if the layer does not have it.
std::optional<concepts::company::Word> word_written(const concepts::company::Words& words, const std::string& text);
/// Throws UnknownName, with the names of similar words.
concepts::company::Word word_named(const concepts::company::Words& words, const std::string& text);

/// The words of a text that the layer has, in their order.
class TextWords {
 public:
  std::vector<concepts::company::Word> of(const concepts::company::Words& words, const std::string& text);

 private:
  base::Segmenter segmenter_;
};

}  // namespace noema::app
