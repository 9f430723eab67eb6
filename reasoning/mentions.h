#pragma once
// Mentions of a word in the life's inputs, with what stands around them.

#include <cstdint>
#include <string>
#include <vector>

#include "base/text.h"
#include "concepts/company/senses.h"
#include "memory/life.h"

namespace noema::reasoning {

/// A mention in a text: bytes [begin, end), and the words around it.
struct Mention {
  memory::EpisodeId input = 0;  ///< 0: of a text that is none of the life's
  std::string text;
  std::size_t begin = 0, end = 0;
  concepts::company::Surroundings around;
};

/// Finds mentions by one life's words, and by its wholes where it has some. Both must outlive it. One thread at a time.
class MentionFinder {
 public:
  explicit MentionFinder(const concepts::company::Words& words, const concepts::company::Wholes* wholes = nullptr)
      : words_(words), wholes_(wholes) {}

  /// The identities of the units of a text: by them a word of several units is told apart too.
  std::vector<std::string> units_of(const std::string& text);
  /// Where these units stand in a text, one after another, in order.
  std::vector<Mention> in_text(const std::string& text, const std::vector<std::string>& target);
  /// The mention that covers the bytes [begin, end) of a text, and its units; nothing if no unit lies there.
  std::vector<std::string> at(const std::string& text, std::size_t begin, std::size_t end, Mention& mention);
  /// Mentions in the life's inputs that were not withdrawn, in order of the inputs; where there are more than `most`,
  /// evenly from all that the index finds first.
  std::vector<Mention> in_life(const memory::Life& life, const std::vector<std::string>& target,
                               std::size_t most = 4096);

 private:
  struct Units;
  Units read(const std::string& text);
  void find_wholes(Units& units) const;
  Mention mention(const std::string& text, const Units& units, std::size_t first, std::size_t count) const;

  const concepts::company::Words& words_;
  const concepts::company::Wholes* wholes_;
  base::Segmenter segmenter_;
};

}  // namespace noema::reasoning
