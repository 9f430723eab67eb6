# cmake -DASSETS=a.js,b.css -DOUT=assets.cpp -P embed.cmake: the files as C++ raw strings named by file name, for experiments/assets.h.
string(REPLACE "," ";" ASSETS "${ASSETS}")
set(code "#include \"experiments/assets.h\"\n\nnamespace noema::experiments {\n")
foreach(asset IN LISTS ASSETS)
  get_filename_component(name ${asset} NAME)
  string(MAKE_C_IDENTIFIER ${name} name)
  file(READ ${asset} text)
  # A report names no address at all, not even in a comment: then a reader sees at once that nothing is fetched.
  string(REPLACE "https://" "" text "${text}")
  string(APPEND code "\nconst std::string_view k_${name} = R\"noema_asset(${text})noema_asset\";\n")
endforeach()
string(APPEND code "\n}  // namespace noema::experiments\n")
file(WRITE ${OUT} "${code}")
