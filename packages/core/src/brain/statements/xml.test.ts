import { describe, expect, it } from 'vitest'
import { childrenOf, readXml, textAt } from './xml.ts'

describe('readXml', () => {
  it('reads elements, attributes, namespaces, character references and CDATA', () => {
    const root = readXml(
      '<?xml version="1.0"?>\n<!-- made by hand -->\n<n:Doc xmlns:n="urn:x" a=\'1 &lt; 2\'><n:Nm>M&amp;S &#163;&#x20AC;</n:Nm><Nm><![CDATA[ <b> & ]]></Nm><Empty/></n:Doc >',
    )
    expect(root.name).toBe('Doc')
    expect(root.attributes.a).toBe('1 < 2')
    expect(childrenOf(root, 'Nm').map(({ text }) => text)).toEqual(['M&S £€', '<b> &'])
    expect(textAt(root, 'Empty')).toBeUndefined()
  })

  it('keeps text that comments and CDATA interrupt', () => {
    expect(readXml('<a>one <!-- no --><![CDATA[two]]> three</a>').text).toBe('one two three')
  })

  it('refuses a billion laughs before it expands anything', () => {
    const bomb = `<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><l>&b;</l>`
    expect(() => readXml(bomb)).toThrow('Line 1: DOCTYPE and entities are not read')
  })

  it.each([
    ['<a>&nbsp;</a>', '&nbsp; stands for no character'],
    ['<a>&#0;</a>', '&#0; stands for no character'],
    ['<a>&#xD800;</a>', '&#xD800; stands for no character'],
    ['<a>&#x110000;</a>', 'stands for no character'],
    ['<a>M & S</a>', '& stands for no character'],
    ['<a b="1" b="2"/>', 'attribute b is given twice'],
    ['<a b=1/>', 'must stand in quotes'],
    ['<a b="<"/>', 'has a < in it'],
    ['<a b="1"c="2"/>', 'separated by spaces'],
    ['<a></b>', '</b> came where </a> belongs'],
    ['<a/></a>', '</a> was never opened'],
    ['<a/><b/>', 'more than one root element'],
    ['text<a/>', 'outside of the root element'],
    ['<a>', '<a> has no end: the file was cut short'],
    ['<a', 'cut short'],
    ['<a b="', 'cut short'],
    ['<a><!--', 'cut short'],
    ['<a><![CDATA[', 'cut short'],
    ['<1/>', 'no proper name'],
    ['<?xml version="1.0"?>', 'there is no element'],
  ])('refuses %s', (source, reason) => {
    expect(() => readXml(source)).toThrow(reason)
  })

  it('names the line', () => {
    expect(() => readXml('<a>\n<b>\n</c>\n</a>')).toThrow('Line 3: </c> came where </b> belongs')
  })

  it('refuses what is deeper, longer or wider than a message of a bank', () => {
    expect(() => readXml('<a>'.repeat(100_000))).toThrow('nested more than 64 deep')
    expect(() => readXml(`<a b="${'x'.repeat(1_000_000)}"/>`)).toThrow('attribute b is too long')
    expect(() => readXml(`<a ${Array.from({ length: 100 }, (_, i) => `b${i}="1"`).join(' ')}/>`)).toThrow(
      'more than 32 attributes',
    )
    expect(() => readXml(`<a>${'x'.repeat(100_000)}</a>`)).toThrow('the text of <a> is too long')
    expect(() => readXml(`<a>${'&'.repeat(1_000_000)}</a>`)).toThrow('text is too long')
    expect(() => readXml(`<${'x'.repeat(500)}/>`)).toThrow('no proper name')
  })

  it('does not mistake names of Object for attributes', () => {
    const root = readXml('<a __proto__="1" constructor="2"/>')
    expect(root.attributes.constructor).toBe('2')
    expect(Object.keys(root.attributes)).toEqual(['__proto__', 'constructor'])
    expect(({} as Record<string, unknown>)['1']).toBeUndefined()
  })
})
