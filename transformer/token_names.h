#pragma once
// What tokens are called where people look at them: in attention's table, picture and JSON.

#include <span>
#include <string>
#include <vector>

#include "transformer/tokenizer.h"

namespace noema::transformer {

/// A name for each token of a sequence. Its text, where that is whole characters; a token that is a fragment of a
/// character is that character and the fragment's number in it, such as 道¹ 道² 道³. "<begin>" for the bare begin mark,
/// "<s>" and the like for specials, <0xE9> for bytes that are part of no character.
std::vector<std::string> token_names(const Tokenizer& tokenizer, std::span<const Token> tokens);

}  // namespace noema::transformer
