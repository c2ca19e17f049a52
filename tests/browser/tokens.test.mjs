// The colours of our style sheets are those of the Digital Agency: in anpi.css
// by name and value, elsewhere by value.
import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { run, test } from './anpi.mjs'

const require = createRequire(import.meta.url)
const theirs = readFileSync(require.resolve(
	'@digital-go-jp/design-tokens/dist/tokens-simple.css'), 'utf8')
const folder = new URL('../../templates/static/', import.meta.url)
const ours = readFileSync(new URL('anpi.css', folder), 'utf8')

function declared(css) {
	return new Map([...css.matchAll(/(--color-[a-z0-9-]+):\s*(#[0-9a-f]+);/g)]
		.map(m => [m[1], m[2]]))
}

test('each token has the published value', async () => {
	const published = declared(theirs)

	assert.ok(declared(ours).size > 20)
	for (const [name, value] of declared(ours))
		assert.equal(value, published.get(name), name)
})

// #abc is #aabbcc.
function full(colour) {
	return colour.length === 4 ? colour.replace(/[0-9a-f]/gi, '$&$&') : colour
}

test('no other colour in any style sheet', async () => {
	const published = new Set(declared(theirs).values())

	for (const name of readdirSync(folder).filter(n => n.endsWith('.css'))) {
		const css = readFileSync(new URL(name, folder), 'utf8')
			.replace(/\/\*.*?\*\//gs, '')
		const colours = css.match(/#[0-9a-f]{3,8}\b|\b(rgba?|hsla?)\(/gi) ?? []
		const strange = colours.map(c => full(c.toLowerCase()))
			.filter(c => !published.has(c))
		assert.deepEqual(strange, [], name)
	}
})

await run()
