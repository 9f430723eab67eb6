#pragma once
// Tokens: the symbols that models read and predict. A text is a sequence of units (base/text.h). No token crosses the
// boundary of a unit, and every token either begins a unit or continues one. So each unit has a probability:
//   P(unit) = P(t1 | a unit begins) * prod P(ti) * P(the next token begins a unit).
// Every kind of tokenizer can encode any bytes: as a begin mark without text, followed by byte tokens.

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace noema::transformer {

using Token = std::int32_t;

inline constexpr Token kStart = 0;      ///< read before any text; never predicted
inline constexpr Token kSeparator = 1;  ///< between the two sides of a pair; never predicted
inline constexpr Token kMask = 2;       ///< a hidden token, for the masked objective; never predicted
inline constexpr Token kPad = 3;        ///< fills a batch; never predicted
inline constexpr int kSpecials = 4;

class Tokenizer {
 public:
  /// spec: "bytes", "characters", "words[:SIZE]" (default 32000) or "bpe:SIZE". unit_counts: unit surfaces and how
  /// often they occur (unused by "bytes"). The seed is for kinds that draw at random; so far none does. BPE is trained
  /// by SentencePiece (Kudo & Richardson 2018) and may find fewer than SIZE pieces. Throws Error on an unknown
  /// spec or when nothing can be learned from the counts.
  static Tokenizer train(std::string_view spec, const std::map<std::string, std::uint64_t>& unit_counts,
                         std::uint64_t seed);

  /// The smallest SIZE of "bpe:SIZE" that has a piece for each character of these units; 0 if they hold none.
  static int least_bpe_size(const std::map<std::string, std::uint64_t>& unit_counts);

  /// The whole tokenizer as bytes (CBOR), and the tokenizer from these bytes. parse throws Error if they are damaged.
  std::string serialize() const;
  static Tokenizer parse(std::string_view bytes);

  /// The tokens of one unit, of any bytes: at least one; the first begins a unit, the others continue it. Thread-safe.
  std::vector<Token> encode(std::string_view unit) const;

  /// The text of tokens; decode(encode(x)) == x for any x. Special tokens have no text.
  std::string decode(std::span<const Token> tokens) const;

  /// The text of one token. It may be empty (the begin mark) or part of a character (a byte). Specials give "<s>" and
  /// the like.
  std::string text_of(Token token) const;

  /// Ids are [0, size()): specials, then the tokens that begin a unit [kSpecials, begin_end()), then those that
  /// continue one.
  int size() const { return static_cast<int>(texts_.size()); }
  int begin_end() const { return begin_end_; }
  bool begins(Token token) const { return token >= kSpecials && token < begin_end_; }
  const std::string& kind() const { return kind_; }

 private:
  Tokenizer() = default;
  struct Pieces;
  static Tokenizer build(std::string kind, Pieces pieces);
  void spell(std::string_view bytes, std::vector<Token>& tokens) const;
  std::vector<Token> encode_characters(std::string_view unit) const;
  std::vector<Token> encode_bpe(std::string_view unit) const;

  struct Bpe;
  std::string kind_;
  std::vector<std::string> texts_;  // by id
  int begin_end_ = 0;
  Token first_byte_ = 0;  // the continuing token of byte 0; those of the other bytes follow
  std::unordered_map<std::string, Token> begin_ids_, continue_ids_;
  std::shared_ptr<const Bpe> bpe_;
};

}  // namespace noema::transformer
