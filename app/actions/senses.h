#pragma once
// The senses of a word, and which of them a mention has.

#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "app/actions/company.h"
#include "concepts/company/senses.h"
#include "reasoning/mentions.h"

namespace noema::app {

/// An input with a mention: its bytes [begin, end).
struct SenseExample {
  std::string text;
  std::size_t begin = 0, end = 0;
};

struct SenseValue {
  std::size_t sense = 0;  ///< from 1, the commonest first
  std::string label;      ///< the word with the wholes, or the words, that tell the sense apart
  std::size_t count = 0;  ///< mentions that were looked at
  std::vector<SenseExample> examples;
  std::vector<std::string> neighbours;  ///< words that stand near it in this sense rather than in others
  std::vector<std::string> wholes;      ///< of which it is mostly a part in this sense: "river bank"
  std::optional<double> probability;    ///< in the sentence that was asked about
  std::optional<std::size_t> start;     ///< where in that sentence, in bytes
};

/// A mention to which a sense is to be given; bytes [start, end) of the text.
struct MentionLine {
  nlohmann::json id;
  std::string text;
  std::size_t start = 0, end = 0;
};

/// Throws base::Error unless the line is {"id","text","start","end"} with a place in the text.
MentionLine mention_of(const std::string& line, const std::string& where);

/// Senses of words as the mentions in one life tell them apart, by its words and, if it has thought about them, its
/// wholes. Life and words must outlive it.
class SenseTeller {
 public:
  SenseTeller(const memory::Life& life, const concepts::company::Words& words, std::uint64_t seed);
  ~SenseTeller();

  /// All senses. Throws UnknownName if the life does not mention the word.
  std::vector<SenseValue> senses(const std::string& word);
  /// For each mention of the word in a sentence its sense. Throws UnknownName, base::Error if it holds none.
  std::vector<SenseValue> senses_in(const std::string& word, const std::string& sentence);
  /// "S.F": sense S and in it the fine sense F; absent if the life does not mention what stands there.
  std::optional<std::string> induce(const MentionLine& mention);

 private:
  struct WordSenses;
  const WordSenses* of(const std::vector<std::string>& target);
  const WordSenses& named(const std::string& word);
  concepts::company::SenseChoice choose(const WordSenses& known, const reasoning::Mention& mention) const;
  SenseValue value(const WordSenses& known, std::size_t sense) const;

  const memory::Life& life_;
  const concepts::company::Words& words_;
  std::uint64_t seed_;
  std::optional<concepts::company::Wholes> wholes_;  ///< absent: the life has not thought about them
  concepts::company::Columns directions_;
  reasoning::MentionFinder finder_;
  std::map<std::vector<std::string>, std::unique_ptr<WordSenses>> known_;  ///< null: not mentioned
};

/// {"sense","label","count","examples","neighbours","wholes"}, "probability" and "start" where asked with a sentence.
nlohmann::ordered_json to_json(const SenseValue& value);
/// {"id","sense"}.
nlohmann::ordered_json to_json(const MentionLine& mention, const std::optional<std::string>& sense);

}  // namespace noema::app
