#pragma once
// Names of tokens for people: in the table, the picture and the JSON of noema attention.

#include <span>
#include <string>
#include <vector>

#include "transformer/tokenizer.h"

namespace noema::transformer {

/// A name for each token of a sequence: its text, if that consists of whole characters. A fragment of a character is
/// named by the character and the fragment's number in it, such as 道¹ 道² 道³; the begin mark without text "<begin>";
/// specials "<s>" and the like; a byte that belongs to no character "<0xE9>".
std::vector<std::string> token_names(const Tokenizer& tokenizer, std::span<const Token> tokens);

}  // namespace noema::transformer
